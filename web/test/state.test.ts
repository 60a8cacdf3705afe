import { describe, expect, it } from 'vitest';
import { shapeOf } from '../src/map/marks';
import type { Incident, PageText, Sight, ZoneDay } from '../src/records';
import { strips, tally } from '../src/state/coverage';
import { pieces } from '../src/state/spans';
import { inZone, toll } from '../src/state/sums';
import { buckets, isKnown, stepFor, STEPS } from '../src/state/trend';
import { countryName, provinceName } from '../src/map/names';

type Passage = PageText['passages'][number];
const passage = (text: string, start: number, exact = true): Passage => ({ id: 'pas_1', kind: 'body', main: true, start, end: start + new TextEncoder().encode(text).length, text, exact });
const marked = (found: ReturnType<typeof pieces>, id: string) => found.filter((piece) => piece.claims.includes(id)).map((piece) => piece.text).join('');

describe('the words of a claim', () => {
  it('are cut at bytes, not at characters', () => {
    const text = 'قصف قرب Karsa — two “killed”, أربعة جرحى.';
    const quote = 'two “killed”, أربعة';
    const before = new TextEncoder().encode(text.slice(0, text.indexOf(quote))).length;
    const claim = { id: 'clm_1', start: 100 + before, end: 100 + before + new TextEncoder().encode(quote).length };
    const found = pieces(passage(text, 100), [claim]);
    expect(marked(found, 'clm_1')).toBe(quote);
    expect(found.map((piece) => piece.text).join('')).toBe(text);
  });

  it('are found by the words where tags lie between, and mark nothing where they are not found', () => {
    const page = passage('Five people were killed in Karsa.', 40, false);
    expect(marked(pieces(page, [{ id: 'clm_1', start: 40, end: 60, quote: 'were killed' }]), 'clm_1')).toBe('were killed');
    expect(marked(pieces(page, [{ id: 'clm_1', start: 40, end: 60, quote: 'not there' }]), 'clm_1')).toBe('');
  });

  it('of two claims that overlap are marked for each', () => {
    const found = pieces(passage('abcdef', 0), [{ id: 'a', start: 0, end: 4 }, { id: 'b', start: 2, end: 6 }]);
    expect([marked(found, 'a'), marked(found, 'b')]).toEqual(['abcd', 'cdef']);
  });

  it('of another passage mark nothing', () => {
    expect(pieces(passage('abc', 10), [{ id: 'a', start: 0, end: 10 }])).toEqual([{ text: 'abc', claims: [] }]);
  });
});

const zoneDay = (zone: string, day: string, sight: Sight) => ({ fields: { agreement: 'a', zone, name: zone, day, sight, incidents: 0, perhaps: 0, heard: [], silent: [] } }) as unknown as ZoneDay;

describe('coverage', () => {
  const days = [zoneDay('', '2031-05-01', 'blind'), zoneDay('n', '2031-05-02', 'blind'), zoneDay('n', '2031-05-01', 'blind'), zoneDay('n', '2031-05-03', 'nothing told'), zoneDay('n', '2031-05-05', 'nothing told')];
  it('joins like days, in any order of coming, and never over a day that is not there', () => {
    const [north, outside] = strips(days);
    expect(north!.runs.map((run) => [run.from, run.to, run.sight])).toEqual([
      ['2031-05-01', '2031-05-02', 'blind'],
      ['2031-05-03', '2031-05-03', 'nothing told'],
      ['2031-05-05', '2031-05-05', 'nothing told'],
    ]);
    expect(outside!.key).toBe('');
    expect(strips([...days].reverse())).toEqual(strips(days));
  });

  it('counts a quiet day and a blind day apart', () => {
    expect(tally(days)).toEqual({ incidents: 0, 'nothing told': 2, hindered: 0, unwatched: 0, blind: 3 });
  });
});

const incident = (low: number | null, high: number | null, inside: string) =>
  ({ fields: { tolls: low === null ? [] : [{ metric: 'killed', low, high }], place: { zones: [{ agreement: 'a', zone: 'n', inside }] } } }) as unknown as Incident;

describe('sums', () => {
  it('stay intervals, and an open end stays open', () => {
    expect(toll([incident(1, 3, 'yes'), incident(2, 2, 'yes'), incident(null, null, 'yes')], 'killed')).toEqual({ low: 3, high: 5, told: 2 });
    expect(toll([incident(1, null, 'yes'), incident(2, 2, 'yes')], 'killed')).toEqual({ low: 3, high: null, told: 2 });
  });

  it('of a zone keep what is not known apart from what is', () => {
    const { surely, perhaps } = inZone([incident(1, 1, 'yes'), incident(1, 1, 'undetermined'), incident(1, 1, 'no')], 'a/n');
    expect([surely.length, perhaps.length]).toEqual([1, 1]);
  });
});

describe('marks', () => {
  it('take the shape of the act, else of its family', () => {
    expect([shapeOf('mortar', 'force'), shapeOf('killing', 'force'), shapeOf('delivery', 'humanitarian'), shapeOf('new', 'new')]).toEqual(['fire', 'clash', 'aid', 'other']);
  });
});

describe('an area over time', () => {
  const day = (day: string, sight: Sight) => ({ v: 1, kind: 'zone_day', id: `zon_${day}`, basis: [], because: [], fields: { agreement: 'a', zone: 'n', name: 'N', day, sight, incidents: 0, perhaps: 0, heard: [], silent: [] } }) as ZoneDay;
  const span = { from: '2031-04-28', to: '2031-05-13' };

  it('goes in weeks from Monday, cut at both ends', () => {
    const line = buckets({ from: '2031-05-01', to: '2031-05-13' }, 'week', [], []);
    expect(line.map(({ from, to, days }) => [from, to, days])).toEqual([['2031-05-01', '2031-05-04', 4], ['2031-05-05', '2031-05-11', 7], ['2031-05-12', '2031-05-13', 2]]);
  });

  it('counts every day once, whatever the step', () => {
    const byDay = [{ day: '2031-04-27', incidents: 9 }, { day: '2031-05-04', incidents: 2 }, { day: '2031-05-05', incidents: 3 }, { day: '2031-05-13', incidents: 1 }];
    for (const step of STEPS) expect(buckets(span, step, byDay, []).reduce((sum, one) => sum + one.incidents, 0)).toBe(6);
    expect(buckets(span, 'month', byDay, []).map(({ incidents }) => incidents)).toEqual([0, 6]);
  });

  it('has no figure for a step in which nobody was heard', () => {
    const line = buckets(span, 'week', [{ day: '2031-05-06', incidents: 1 }], [day('2031-04-29', 'nothing told'), day('2031-05-13', 'blind'), day('2031-05-12', 'unwatched')]);
    expect(line.map((one) => [one.heard, isKnown(one)])).toEqual([[1, true], [0, true], [0, false]]);
  });

  it('chooses a step that gives a line', () => {
    expect([stepFor({ from: '2031-01-01', to: '2031-05-01' }), stepFor({ from: '2031-01-01', to: '2032-05-01' }), stepFor({ from: '2021-01-01', to: '2031-05-01' })]).toEqual(['week', 'month', 'year']);
  });
});

describe('names on the map', () => {
  it('are in the language of the interface, or plain', () => {
    expect(countryName('760', 'Syria', 'ar')).toBe('سوريا');
    expect(countryName('008', 'Albania', 'fr')).toBe('Albanie');
    expect(countryName(undefined, 'Somaliland', 'fr')).toBe('Somaliland');
    expect(provinceName('SY/Hama', { ar: 'حماة' }, 'ar')).toBe('حماة');
    expect(provinceName('SY/Hama', { ar: 'حماة' }, 'ru')).toBe('Hama');
  });
});
