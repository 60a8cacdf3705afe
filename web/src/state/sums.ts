// Sums for the report. An interval stays an interval: an open end stays open, and what nobody counted is said beside it.
import type { Count, Incident } from '../records';

export interface Sum extends Count {
  /** Incidents that give a figure. */
  told: number;
}

/** Persons of one kind over incidents, each between its lowest and its highest account. */
export function toll(incidents: readonly Incident[], metric: string): Sum {
  const sum: Sum = { low: 0, high: 0, told: 0 };
  for (const incident of incidents) {
    const found = incident.fields.tolls.find((one) => one.metric === metric);
    if (!found) continue;
    sum.told += 1;
    sum.low += found.low;
    sum.high = sum.high === null || found.high === null ? null : sum.high + found.high;
  }
  return sum;
}

/** Incidents surely in a zone, and those of which nobody can tell. */
export function inZone(incidents: readonly Incident[], key: string): { surely: Incident[]; perhaps: Incident[] } {
  const stand = (incident: Incident) => incident.fields.place?.zones.find((zone) => `${zone.agreement}/${zone.zone}` === key)?.inside;
  return {
    surely: incidents.filter((incident) => stand(incident) === 'yes'),
    perhaps: incidents.filter((incident) => stand(incident) === 'undetermined'),
  };
}
