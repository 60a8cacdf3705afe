// Incidents in steps of a week, a month or a year. Where nobody could be heard, a step has no figure rather than none.
import type { ZoneDay } from '../records';
import { addDays, daysBetween, type Period } from './url';

export const STEPS = ['week', 'month', 'year'] as const;
export type Step = (typeof STEPS)[number];

export interface Bucket extends Period {
  incidents: number;
  /** Days of the step, and on how many of them anybody of the area was heard. */
  days: number;
  heard: number;
}

/** The step that gives a line of some length: weeks up to half a year, months up to four years. */
export function stepFor(span: Period): Step {
  const days = daysBetween(span.from, span.to);
  return days <= 190 ? 'week' : days <= 1500 ? 'month' : 'year';
}

/** First day of the step that a day lies in; weeks begin on Monday. */
function first(day: string, step: Step): string {
  if (step === 'year') return `${day.slice(0, 4)}-01-01`;
  if (step === 'month') return `${day.slice(0, 7)}-01`;
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** First day of the step after. */
function after(day: string, step: Step): string {
  return step === 'week' ? addDays(day, 7) : first(addDays(day, step === 'month' ? 31 : 366), step);
}

/** The period in steps; the first and the last may be cut by its ends. */
export function buckets(span: Period, step: Step, byDay: readonly { day: string; incidents: number }[], sights: readonly ZoneDay[]): Bucket[] {
  const heard = new Set(sights.filter(({ fields }) => fields.sight === 'incidents' || fields.sight === 'nothing told').map(({ fields }) => fields.day));
  const found: Bucket[] = [];
  for (let start = first(span.from, step); start <= span.to; start = after(start, step)) {
    const from = start < span.from ? span.from : start;
    const end = addDays(after(start, step), -1);
    const to = end > span.to ? span.to : end;
    found.push({ from, to, incidents: 0, days: daysBetween(from, to), heard: [...heard].filter((day) => day >= from && day <= to).length });
  }
  let at = 0;
  for (const { day, incidents } of [...byDay].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    if (day < span.from || day > span.to) continue;
    while (found[at] && found[at]!.to < day) at += 1;
    if (found[at]) found[at]!.incidents += incidents;
  }
  return found;
}

/** Whether a step's figure says anything: something was told, or somebody could have told it. */
export const isKnown = (bucket: Bucket): boolean => bucket.incidents > 0 || bucket.heard > 0;
