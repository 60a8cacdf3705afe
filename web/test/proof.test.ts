import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check, contentOf } from '../src/state/proof';

interface Case {
  name: string;
  proof: string;
  leaf: string;
  key: string;
  code: number;
  says: string;
}
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'proofs.json'), 'utf8')) as { cases: Case[] };
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a proof of the log', () => {
  it('is bent in every part that there is', () => {
    expect(cases.filter(({ code }) => code === 0).length).toBeGreaterThan(5);
    expect(cases.filter(({ code }) => code !== 0).length).toBeGreaterThan(20);
  });

  it.each(cases)('has the verdict of the program: $name', async ({ proof, leaf, key, code, says }) => {
    const checked = await check(proof, bytes(leaf), key);
    expect(checked.holds).toBe(code === 0);
    if (checked.failed) expect(says.endsWith(checked.failed.why), `${says} / ${checked.failed.why}`).toBe(true);
    else expect(checked.held.map(({ step }) => step)).toEqual(['proof', 'key', 'note', 'signature', 'checkpoint', 'path']);
  });

  it('tells where it broke, and what held before', async () => {
    const at = async (name: string) => {
      const found = cases.find((one) => one.name === name)!;
      const { held, failed } = await check(found.proof, bytes(found.leaf), found.key);
      return [failed?.step, held.length];
    };
    expect(await at('a letter of the entry changed')).toEqual(['path', 5]);
    expect(await at('the signature changed')).toEqual(['signature', 3]);
    expect(await at('a letter of the key changed')).toEqual(['key', 1]);
    expect(await at('no signature')).toEqual(['note', 2]);
    expect(await at('nothing')).toEqual(['proof', 0]);
  });

  it('names bytes as entries do', async () => {
    expect(await contentOf(bytes('abc'))).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
