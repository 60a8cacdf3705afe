// Names of countries and provinces in the language of the interface. Countries are named by the browser's own tables,
// provinces by the data.
import { outline } from '../api';
import type { Language } from '../state/url';

/** A province's names by language; English is in its key. */
export type Names = Partial<Record<Language, string>>;

/** Shapes of Natural Earth that ISO 3166 has no number for, by the name that the outlines have. */
const UNNUMBERED: Record<string, Record<Language, string>> = {
  'N. Cyprus': { en: 'Northern Cyprus', ar: 'شمال قبرص', ru: 'Северный Кипр', tr: 'Kuzey Kıbrıs', fr: 'Chypre du Nord' },
  Kosovo: { en: 'Kosovo', ar: 'كوسوفو', ru: 'Косово', tr: 'Kosova', fr: 'Kosovo' },
  Somaliland: { en: 'Somaliland', ar: 'أرض الصومال', ru: 'Сомалиленд', tr: 'Somaliland', fr: 'Somaliland' },
  'Siachen Glacier': { en: 'Siachen Glacier', ar: 'نهر سياتشين الجليدي', ru: 'Ледник Сиачен', tr: 'Siachen Buzulu', fr: 'Glacier de Siachen' },
  'Indian Ocean Ter.': { en: 'Indian Ocean Territories', ar: 'أقاليم المحيط الهندي', ru: 'Территории в Индийском океане', tr: 'Hint Okyanusu Toprakları', fr: 'Territoires de l’océan Indien' },
};

/** A country by its number after ISO 3166, or the name that the outlines have where that has none. */
export function countryName(id: string | number | undefined, plain: string, language: Language): string {
  const unnumbered = id === undefined && UNNUMBERED[plain];
  if (unnumbered) return unnumbered[language];
  try {
    const region = new Intl.Locale(`und-${String(id).padStart(3, '0')}`).region ?? '';
    return (/^[A-Z]{2}$/.test(region) && new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(region)) || plain;
  } catch {
    return plain;
  }
}

/** A province by its key, country/name, where the data has no name for it in the language. */
export const provinceName = (key: string, names: Names | undefined, language: Language): string => names?.[language] ?? key.slice(key.indexOf('/') + 1);

/** Names of all provinces that the data has outlines of, by key. */
export async function provinceNames(): Promise<Map<string, Names>> {
  const { features } = await outline();
  return new Map(features.flatMap(({ properties }) => (properties?.province ? [[String(properties.province), (properties.names ?? {}) as Names] as const] : [])));
}
