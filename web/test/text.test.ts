import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHAPES, STRENGTHS } from '../src/map/marks';
import { ELEMENTS, SIGHTS, STATUSES, VERDICTS } from '../src/records';
import { LANGUAGES, type Language } from '../src/state/url';

const SOURCE = join(import.meta.dirname, '../src');
const file = (language: Language) => readFileSync(join(SOURCE, `text/${language}.ftl`), 'utf8');
const resource = (language: Language) => new FluentResource(file(language));
const keys = (language: Language) => resource(language).body.map((entry) => entry.id).sort();
/** Names that a message needs from the program; a language may leave none out and ask for none more. */
const needs = (language: Language) => Object.fromEntries(resource(language).body.map((entry) => [entry.id, [...new Set(JSON.stringify(entry.value).match(/"type":"var","name":"[a-z]+"/g) ?? [])].sort()]));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

describe('texts', () => {
  it.each(LANGUAGES)('%s has every key of English and no other, each once', (language) => {
    expect(keys(language)).toEqual(keys('en'));
    expect(new Set(keys(language)).size).toBe(keys(language).length);
  });

  it.each(LANGUAGES)('%s asks for what English asks for', (language) => {
    expect(needs(language)).toEqual(needs('en'));
  });

  it.each(LANGUAGES)('%s says every key without a fault, for small and large numbers', (language) => {
    const bundle = new FluentBundle(language);
    expect(bundle.addResource(resource(language))).toEqual([]);
    for (const { id } of resource(language).body) {
      for (const n of [0, 1, 2, 3, 11, 100]) {
        const errors: Error[] = [];
        const args = Object.fromEntries(['n', 'pages', 'origins', 'independent', 'at', 'low', 'high', 'from', 'to', 'day', 'distance', 'who', 'act', 'place', 'when', 'name', 'most', 'shown', 'total', 'area', 'read'].map((key) => [key, n]));
        const words = bundle.formatPattern(bundle.getMessage(id)!.value!, args, errors);
        expect(errors, id).toEqual([]);
        expect(words.trim(), id).not.toBe('');
      }
    }
  });

  it('every key that the screens name has words', () => {
    const known = new Set(keys('en'));
    const named = sources(SOURCE).flatMap((text) => [...text.matchAll(/\bt\(\s*(?:first \? )?'([a-z0-9-]+)'(?: : '([a-z0-9-]+)')?/g)].flatMap((found) => [found[1]!, found[2]]));
    const missing = [...new Set(named)].filter((key) => key && !known.has(key));
    expect(named.length).toBeGreaterThan(150);
    expect(missing).toEqual([]);
  });

  it('every value that the screens know by name has words', () => {
    const known = new Set(keys('en'));
    const family = (name: string, values: readonly (string | number)[]) => values.map((value) => `${name}-${String(value).replaceAll(' ', '-')}`);
    const wanted = [...family('verdict', VERDICTS), ...family('status', STATUSES), ...family('sight', SIGHTS), ...family('element', ELEMENTS), ...family('shape', Object.keys(SHAPES)), ...family('strength', STRENGTHS)];
    expect(wanted.filter((key) => !known.has(key))).toEqual([]);
  });

  it('every act of the data has words', () => {
    const acts = readFileSync(join(SOURCE, '../../data/acts.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).slice(1).map((line) => `act-${line.split('\t')[0]}`);
    const known = new Set(keys('en'));
    expect(acts.length).toBeGreaterThan(50);
    expect(acts.filter((key) => !known.has(key))).toEqual([]);
  });
});
