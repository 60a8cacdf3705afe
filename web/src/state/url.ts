// What is on the screen, as the address says it. Pure: the address in, the state out, and back.

/** Languages of the interface; the language of what is quoted is its own. */
export const LANGUAGES = ['en', 'ar', 'ru', 'tr', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Lists in the address: any of the values named will do. */
const LISTS = ['act', 'class', 'zone', 'province', 'verdict', 'status', 'term', 'agreement'] as const;
/** Single values in the address; an empty one is left out of it. */
const WORDS = ['text', 'from', 'to', 'last', 'bbox', 'sel', 'claim', 'map', 'on', 'seen', 'until', 'kind', 'by', 'open', 'background', 'archived', 'cell', 'version', 'item', 'key'] as const;
/** Switches: there, or not. */
const SWITCHES = ['compare'] as const;

export type Lists = (typeof LISTS)[number];
export type Words = (typeof WORDS)[number];
export type Switches = (typeof SWITCHES)[number];

export type State = Record<Lists, string[]> &
  Record<Words, string> &
  Record<Switches, boolean> & { lang: Language; theme: '' | 'light' | 'dark'; clock: '' | 'local' };

/** What a filter may say; the server knows these names, in this order. */
export type Filter = Partial<Record<Lists | 'from' | 'to' | 'text' | 'background' | 'archived' | 'bbox', string>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** West, south, east and north in degrees. */
const BOX = /^(-?\d{1,3}(\.\d{1,9})?)(,-?\d{1,3}(\.\d{1,9})?){3}$/;

export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Reads an address; whatever does not parse is as if it were not there. */
export function parse(search: string, wanted: readonly string[] = []): State {
  const query = new URLSearchParams(search);
  const state = { theme: '', lang: 'en', clock: '' } as State;
  for (const name of LISTS) {
    state[name] = [...new Set((query.get(name) ?? '').split(',').filter(Boolean))].sort();
  }
  for (const name of WORDS) state[name] = query.get(name) ?? '';
  for (const name of SWITCHES) state[name] = query.get(name) === '1';
  for (const name of ['from', 'to', 'on'] as const) if (!isDay(state[name])) state[name] = '';
  if (state.from && state.to && state.from > state.to) [state.from, state.to] = [state.to, state.from];
  if (!/^\d{1,4}$/.test(state.last) || state.from || state.to) state.last = '';
  if (!BOX.test(state.bbox)) state.bbox = '';
  if (state.background !== 'true' && state.background !== 'false') state.background = '';
  if (state.archived !== 'any' && state.archived !== 'true') state.archived = '';
  const theme = query.get('theme');
  if (theme === 'light' || theme === 'dark') state.theme = theme;
  if (query.get('clock') === 'local') state.clock = 'local';
  state.lang = language(query.get('lang'), wanted);
  return state;
}

/** The language asked for, or the first of the reader's own that we have, or English. */
function language(asked: string | null, wanted: readonly string[]): Language {
  const known = (tag: string) => LANGUAGES.find((one) => one === tag.toLowerCase().split('-')[0]);
  return (asked && known(asked)) || wanted.map(known).find(Boolean) || 'en';
}

/** The address of a state: names in a fixed order, nothing empty. `plain` is the language that needs no word. */
export function format(state: State, plain: Language = 'en'): string {
  const query = new URLSearchParams();
  for (const name of LISTS) if (state[name].length) query.set(name, [...state[name]].sort().join(','));
  for (const name of WORDS) if (state[name]) query.set(name, state[name]);
  for (const name of SWITCHES) if (state[name]) query.set(name, '1');
  if (state.theme) query.set('theme', state.theme);
  if (state.clock) query.set('clock', state.clock);
  if (state.lang !== plain) query.set('lang', state.lang);
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/');
  return text ? `?${text}` : '';
}

/** The day `days` after a day. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** How many days from one to the other, both counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

export interface Period {
  from: string;
  to: string;
}

/** The period that the state asks for: its own days, the last days up to `asOf`, or everything. */
export function period(state: State, since: string, asOf: string): Period {
  if (state.last) return { from: addDays(asOf, 1 - Number(state.last)), to: asOf };
  return { from: state.from || since, to: state.to || asOf };
}

/** The period of the same length just before. */
export function previous({ from, to }: Period): Period {
  return { from: addDays(from, -daysBetween(from, to)), to: addDays(from, -1) };
}

/** What the server is asked for. Days go along only where the reader has narrowed them. */
export function filter(state: State, since: string, asOf: string): Filter {
  const asked: Filter = {};
  for (const name of LISTS) if (state[name].length) asked[name] = state[name].join(',');
  if (state.text) asked.text = state.text;
  if (state.background) asked.background = state.background;
  if (state.archived) asked.archived = state.archived;
  if (state.bbox) asked.bbox = state.bbox;
  if (state.last || state.from || state.to) Object.assign(asked, period(state, since, asOf));
  return asked;
}
