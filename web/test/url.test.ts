import { describe, expect, it } from 'vitest';
import { daysBetween, filter, format, isDay, parse, period, previous } from '../src/state/url';

describe('the address', () => {
  it('comes back as it went, whatever the order of its names', () => {
    const whole = '?act=mortar,shelling&zone=a/north&verdict=violation&status=contested&text=near+the+bridge&from=2031-05-01&to=2031-05-04&sel=inc_1&map=36.1,34.2,7.5&on=2031-05-02&seen=1-2-ab&compare=1&theme=dark&lang=ar';
    expect(parse(format(parse(whole)))).toEqual(parse(whole));
    expect(format(parse('?lang=ar&theme=dark&act=shelling,mortar'))).toBe('?act=mortar,shelling&theme=dark&lang=ar');
  });

  it('is empty for the state that nobody has changed', () => {
    expect(format(parse(''))).toBe('');
  });

  it('drops what does not parse and keeps the rest', () => {
    const state = parse('?from=2031-02-30&to=yesterday&last=-4&theme=pink&lang=xx&background=maybe&act=,,mortar,mortar');
    expect(state).toMatchObject({ from: '', to: '', last: '', theme: '', lang: 'en', background: '', act: ['mortar'] });
  });

  it('turns a period round that runs backwards', () => {
    expect(parse('?from=2031-05-09&to=2031-05-01')).toMatchObject({ from: '2031-05-01', to: '2031-05-09' });
  });

  it('takes days of its own over a number of days', () => {
    expect(parse('?last=7&from=2031-05-01').last).toBe('');
  });

  it('speaks the language asked for, else one of the reader, else English', () => {
    expect(parse('?lang=ru', ['tr']).lang).toBe('ru');
    expect(parse('', ['de-AT', 'fr-CA', 'ar']).lang).toBe('fr');
    expect(parse('', ['de']).lang).toBe('en');
  });

  it('does not take a day that no calendar has', () => {
    expect(isDay('2032-02-29')).toBe(true);
    expect(isDay('2031-02-29')).toBe(false);
    expect(isDay('2031-5-1')).toBe(false);
  });
});

describe('the period', () => {
  const asOf = '2031-05-08';
  it('of a number of days ends on the day of the record and counts both ends', () => {
    expect(period(parse('?last=7'), '2031-01-01', asOf)).toEqual({ from: '2031-05-02', to: asOf });
    expect(period(parse('?last=1'), '2031-01-01', asOf)).toEqual({ from: asOf, to: asOf });
  });

  it('before it is as long and ends the day before', () => {
    const before = previous({ from: '2031-03-01', to: '2031-03-07' });
    expect(before).toEqual({ from: '2031-02-22', to: '2031-02-28' });
    expect(daysBetween(before.from, before.to)).toBe(7);
  });
});

describe('the filter', () => {
  it('asks for no days unless the reader has narrowed them, so that undated incidents stay', () => {
    expect(filter(parse('?act=mortar'), '2031-01-01', '2031-05-08')).toEqual({ act: 'mortar' });
    expect(filter(parse('?last=2'), '2031-01-01', '2031-05-08')).toEqual({ from: '2031-05-07', to: '2031-05-08' });
  });

  it('leaves archived incidents to the server, unless the reader wants to see them', () => {
    expect(filter(parse('?archived=any'), '2031-01-01', '2031-05-08')).toEqual({ archived: 'any' });
    expect(filter(parse('?archived=perhaps'), '2031-01-01', '2031-05-08')).toEqual({});
    expect(format(parse('?archived=any'))).toBe('?archived=any');
  });

  it('sends nothing of what is only on the screen', () => {
    expect(filter(parse('?sel=inc_1&map=1,2,3&theme=dark&claim=clm_1&lang=ar&seen=1'), '2031-01-01', '2031-05-08')).toEqual({});
  });
});
