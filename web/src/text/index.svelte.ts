// Every word of the interface, by key, in the reader's language. Words of sources are never translated here.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { view } from '../state/route.svelte';
import type { Language } from '../state/url';

const FILES = import.meta.glob<string>('./*.ftl', { query: '?raw', import: 'default' });

/** Latin digits in every language: a figure must look as it does in the source beside it. */
const LOCALES: Record<Language, string> = { en: 'en-GB', ar: 'ar-u-nu-latn', ru: 'ru', tr: 'tr', fr: 'fr' };

let current: { language: Language; bundle: FluentBundle } = $state.raw({ language: 'en', bundle: new FluentBundle('en') });

/** Loads a language and speaks it from then on. */
export async function speak(language: Language): Promise<void> {
  const bundle = new FluentBundle(LOCALES[language]);
  for (const error of bundle.addResource(new FluentResource(await FILES[`./${language}.ftl`]!()))) throw error;
  current = { language, bundle };
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
}

export const spoken = () => current.language;

export type Arguments = Record<string, FluentVariable>;

/** The words for a key. A key without words is shown as it is; the tests leave none. */
export function t(key: string, args?: Arguments): string {
  const message = current.bundle.getMessage(key);
  return message?.value ? current.bundle.formatPattern(message.value, args) : key;
}

/** The words for a key out of data, such as an act; data may know more than we do, and then its key is shown in plain words. */
export function term(family: string, key: string): string {
  const id = `${family}-${key.replaceAll(' ', '-')}`;
  return current.bundle.hasMessage(id) ? t(id) : key.replaceAll('-', ' ');
}

export function number(value: number): string {
  return new Intl.NumberFormat(LOCALES[current.language]).format(value);
}

/** A civil day; it belongs to the place where things happened, so no zone moves it. */
export function day(value: string): string {
  const date = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(LOCALES[current.language], { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(date);
}

/** The month of a civil day. */
export function month(value: string): string {
  return new Intl.DateTimeFormat(LOCALES[current.language], { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));
}

/** A moment of the log or of this server, in UTC or in the time of the device, with the zone's name. */
export function moment(value: string | null | undefined): string {
  const date = new Date(value ?? '');
  if (Number.isNaN(date.getTime())) return value ?? '';
  const zone = view.state.clock === 'local' ? undefined : 'UTC';
  return new Intl.DateTimeFormat(LOCALES[current.language], { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone, timeZoneName: 'short' }).format(date);
}

/** A time as far as it is known. */
export function when(time: { earliest: string | null; latest: string | null } | null | undefined): string {
  if (!time || (!time.earliest && !time.latest)) return t('when-unknown');
  if (time.earliest === time.latest) return day(time.earliest!);
  if (!time.earliest) return t('when-until', { day: day(time.latest!) });
  if (!time.latest) return t('when-from', { day: day(time.earliest) });
  return t('when-between', { from: day(time.earliest), to: day(time.latest) });
}

/** An interval of persons or things. */
export function count(value: { low: number; high: number | null }): string {
  if (value.high === null) return t('count-at-least', { low: number(value.low) });
  return value.low === value.high ? number(value.low) : t('count-between', { low: number(value.low), high: number(value.high) });
}

export function metres(value: number): string {
  return value < 1000 ? t('metres', { n: number(value) }) : t('kilometres', { n: number(Math.round(value / 100) / 10) });
}
