// An incident in words, the same in list, map, report and title.
import type { Finding, Incident, Verdict } from '../records';
import { t, term, when } from '../text/index.svelte';

export function placeName(incident: Incident): string {
  const place = incident.fields.place;
  if (place?.precision === 'coarse') return t('place-coarse');
  if (!place?.name) return t('place-unknown');
  const name = place.chosen?.name ?? place.name;
  return place.relation === 'between' ? t('place-between', { place: name }) : name;
}

/** On how much it rests; whose origins they are is not told where it is made coarser. */
export function weight(incident: Incident): string {
  const { pages, origins, independent_origins: independent } = incident.fields;
  return incident.coarse ? t('weight-coarse', { pages, independent }) : t('weight', { pages, origins: origins.length, independent });
}

export function title(incident: Incident): string {
  return t('incident-title', { act: term('act', incident.fields.act), place: placeName(incident), when: when(incident.fields.when) });
}

/** Why rulings archived it, as the record says it. */
export const archivedBecause = (incident: Incident): string[] => (incident.fields.archived ? incident.because.filter(({ rule, words }) => rule === 'ruling' && words.includes(' holds that it is archived')).map(({ words }) => words) : []);

/** The rulings that archived it, to be taken back. */
export const archivedBy = (incident: Incident): string[] => incident.because.filter(({ rule, words }) => rule === 'ruling' && words.includes(' holds that it is archived')).flatMap(({ entry }) => entry ?? []);

/** The finding that a reader must look at first, in the order of the CSV form. */
const ORDER: readonly Verdict[] = ['violation', 'not assessable', 'pending', 'excluded', 'no violation'];

export function verdictOf(findings: readonly Finding[]): Verdict | 'not judged' {
  return ORDER.find((verdict) => findings.some((finding) => finding.fields.verdict === verdict)) ?? 'not judged';
}

export function byIncident(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = found.get(finding.fields.incident);
    if (list) list.push(finding);
    else found.set(finding.fields.incident, [finding]);
  }
  return found;
}
