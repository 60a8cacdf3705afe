import { describe, expect, it } from 'vitest';
import { byPlace, grouped } from '../src/state/groups';

describe('groups of accounts', () => {
  it('hold each account once, and none is empty', () => {
    expect(grouped(['a', 'b', 'c', 'd'], { b: 4, d: 2 })).toEqual([['a', 'c'], ['d'], ['b']]);
    expect(grouped(['a', 'b'], {})).toEqual([['a', 'b']]);
    expect(grouped(['a', 'b'], { a: 3, b: 3 })).toEqual([['a', 'b']]);
    expect(grouped([], {})).toEqual([]);
  });

  it('are made of origins or pages at once, in the order in which these come', () => {
    const claims = [
      { id: 'a', page: 'x' },
      { id: 'b', page: 'y' },
      { id: 'c', page: 'x' },
    ];
    expect(grouped(['a', 'b', 'c'], byPlace(claims, ({ page }) => page))).toEqual([['a', 'c'], ['b']]);
  });
});
