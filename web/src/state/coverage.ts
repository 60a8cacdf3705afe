// Days and who could see them, in runs: the same sight day after day is one box on the strip.
import type { Sight, ZoneDay } from '../records';
import { addDays } from './url';

export interface Run {
  from: string;
  to: string;
  sight: Sight;
  incidents: number;
  perhaps: number;
}
export interface Strip {
  key: string;
  name: string;
  runs: Run[];
}

/** One strip a zone, in the order of the record; a zone of an empty key is everything outside the zones. */
export function strips(days: readonly ZoneDay[]): Strip[] {
  const found = new Map<string, Strip>();
  const sorted = [...days].sort((a, b) => (a.fields.day < b.fields.day ? -1 : a.fields.day > b.fields.day ? 1 : 0));
  for (const { fields } of sorted) {
    const key = fields.zone ? `${fields.agreement}/${fields.zone}` : '';
    let strip = found.get(key);
    if (!strip) found.set(key, (strip = { key, name: fields.name, runs: [] }));
    const last = strip.runs.at(-1);
    if (last && last.sight === fields.sight && addDays(last.to, 1) === fields.day) {
      last.to = fields.day;
      last.incidents += fields.incidents;
      last.perhaps += fields.perhaps;
    } else {
      strip.runs.push({ from: fields.day, to: fields.day, sight: fields.sight, incidents: fields.incidents, perhaps: fields.perhaps });
    }
  }
  return [...found.values()].sort((a, b) => Number(!a.key) - Number(!b.key));
}

/** How many days of a zone were seen how. */
export function tally(days: readonly ZoneDay[]): Record<Sight, number> {
  const counts: Record<Sight, number> = { incidents: 0, 'nothing told': 0, hindered: 0, unwatched: 0, blind: 0 };
  for (const { fields } of days) counts[fields.sight] += 1;
  return counts;
}
