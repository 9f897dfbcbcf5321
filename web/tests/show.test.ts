import { describe, expect, test } from 'vitest';
import type { Session } from '../src/api/types';
import { checkRange, fromInput, offsetOf, timesOf, toInput } from '../src/show/range';
import { formatInWords } from '../src/show/formats';
import {
  countInWords,
  growingSession,
  mergeSessions,
  overlapping,
  replaceWithin,
  sessionAfter,
  sessionAt,
  sessionBefore,
} from '../src/show/sessions';
import { clampPage, pageCount, pageOf } from '../src/ui/paging';
import { parseRoute, searchHash, showHash } from '../src/ui/route';
import { nextTheme } from '../src/ui/theme';

function session(section_id: number, from: number, length: number, ended = true): Session {
  return {
    section_id,
    start_id: 1,
    end_id: 2,
    timestamp_ms: from,
    duration_ms: length,
    ended,
    continues: null,
    codec: 'opus',
  };
}

describe('sessions', () => {
  const list = [session(3, 3000, 500, false), session(2, 2000, 500), session(1, 1000, 500)];

  test('newer facts replace, new sessions are added, newest first', () => {
    const merged = mergeSessions(list, [session(3, 3000, 900, false), session(4, 4000, 10)]);
    expect(merged.map((s) => s.section_id)).toEqual([4, 3, 2, 1]);
    expect(merged[1]?.duration_ms).toBe(900);
  });

  test('how many there are is one number unless a day is picked', () => {
    expect(countInWords(null, 0, true)).toBe('');
    expect(countInWords(0, 0, true)).toBe('');
    expect(countInWords(null, 9, true)).toBe('9');
    expect(countInWords(2, 9, true)).toBe('2 of 9');
    expect(countInWords(null, 200, false)).toBe('200 and more');
  });

  test('a format is written as people write it', () => {
    expect(formatInWords('opus')).toBe('Opus');
    expect(formatInWords('copy')).toBe('as broadcast');
    expect(formatInWords('flac')).toBe('flac');
  });

  test('within a stretch that is told as a whole, what is not told is gone', () => {
    const left = replaceWithin(list, [session(3, 3000, 900, false)], { fromMs: 2400, toMs: 9000 });
    expect(left.map((s) => s.section_id)).toEqual([3, 1]);
    expect(left[0]?.duration_ms).toBe(900);
    expect(replaceWithin(list, [], { fromMs: 2500, toMs: 3000 })).toEqual(list);
  });

  test('a time finds its session, or the next one', () => {
    expect(sessionAt(list, 2100)?.section_id).toBe(2);
    expect(sessionAt(list, 2500)?.section_id).toBe(3);
    expect(sessionAt(list, 0)?.section_id).toBe(1);
    expect(sessionAt(list, 9000)).toBeNull();
  });

  test('playing on goes forward in time', () => {
    expect(sessionAfter(list, session(1, 1000, 500))?.section_id).toBe(2);
    expect(sessionAfter(list, session(3, 3000, 500))).toBeNull();
    expect(sessionBefore(list, session(3, 3000, 500))?.section_id).toBe(2);
    expect(sessionBefore(list, session(1, 1000, 500))).toBeNull();
  });

  test('a day shows what overlaps it, also what began before', () => {
    expect(overlapping(list, { fromMs: 1400, toMs: 2100 }).map((s) => s.section_id)).toEqual([2, 1]);
    expect(overlapping(list, null)).toHaveLength(3);
  });

  test('the one being recorded', () => {
    expect(growingSession(list)?.section_id).toBe(3);
    expect(growingSession(list.slice(1))).toBeNull();
  });
});

describe('ranges', () => {
  const whole = { fromMs: Date.parse('2026-11-20T10:00:00.400Z'), toMs: Date.parse('2026-11-20T11:00:00.700Z') };

  test('an input holds local time and gives it back', () => {
    process.env.TZ = 'Asia/Kolkata';
    const text = toInput(Date.parse('2026-11-20T10:00:05Z'));
    expect(text).toBe('2026-11-20T15:30:05');
    expect(fromInput(text, whole)).toBe(Date.parse('2026-11-20T10:00:05Z'));
    expect(fromInput('', whole)).toBeNaN();
  });

  test('what nobody touched is exact, and what is typed may be whole seconds beyond the ends', () => {
    process.env.TZ = 'Asia/Kolkata';
    expect(checkRange(whole.fromMs, whole.toMs, whole)).toEqual({ range: whole });
    const typed = [toInput(whole.fromMs), toInput(whole.toMs)].map((text) => fromInput(text, whole));
    expect(checkRange(typed[0] ?? 0, typed[1] ?? 0, whole)).toEqual({
      range: { fromMs: whole.fromMs, toMs: whole.toMs - 700 },
    });
  });

  test('the hour that comes twice when clocks go back is two times, and the one that was recorded is taken', () => {
    process.env.TZ = 'Europe/Berlin';
    const [summer, winter] = [Date.parse('2026-10-25T00:30:00Z'), Date.parse('2026-10-25T01:30:00Z')];
    expect([toInput(summer), toInput(winter)]).toEqual(['2026-10-25T02:30:00', '2026-10-25T02:30:00']);
    expect(timesOf('2026-10-25T02:30:00')).toEqual([summer, winter]);
    expect(timesOf('2026-10-25T02:30')).toEqual([summer, winter]);
    expect([summer, winter].map(offsetOf)).toEqual(['UTC+2', 'UTC+1']);
    const hour = 3_600_000;
    expect(fromInput('2026-10-25T02:30', { fromMs: winter - 60_000, toMs: winter + hour })).toBe(winter);
    expect(fromInput('2026-10-25T02:30', { fromMs: summer - hour, toMs: summer + 60_000 })).toBe(summer);
    expect(fromInput('2026-10-25T02:30', { fromMs: winter + hour, toMs: winter + 2 * hour })).toBe(winter);
  });

  test('other hours are one time, also the one that is left out in spring', () => {
    process.env.TZ = 'Europe/Berlin';
    expect(timesOf('2026-10-25T01:59:59')).toEqual([Date.parse('2026-10-24T23:59:59Z')]);
    expect(timesOf('2026-10-25T03:00:00')).toEqual([Date.parse('2026-10-25T02:00:00Z')]);
    expect(timesOf('2026-03-29T02:30:00')).toHaveLength(1);
    process.env.TZ = 'Australia/Lord_Howe';
    expect(timesOf('2026-04-05T01:45:00')).toHaveLength(2);
    expect(offsetOf(Date.parse('2026-04-05T12:00:00Z'))).toBe('UTC+10:30');
  });

  test.each([
    ['', '2026-11-20T16:00:00', 'both times'],
    ['2026-11-20T16:10:00', '2026-11-20T16:00:00', 'after the start'],
    ['2026-11-20T15:00:00', '2026-11-20T16:00:00', 'between the first and the last sound'],
    ['2026-11-20T15:40:00', '2026-11-20T17:00:00', 'between the first and the last sound'],
  ])('%s to %s is refused: %s', (from, to, words) => {
    process.env.TZ = 'Asia/Kolkata';
    const checked = checkRange(fromInput(from, whole), fromInput(to, whole), whole);
    expect('problem' in checked && checked.problem).toContain(words);
  });
});

describe('routes', () => {
  test('a show and back', () => {
    for (const name of ['news', 'a/b c?é', '100%'])
      expect(parseRoute(showHash(name))).toMatchObject({ page: 'show', show: name, atMs: null, live: false });
  });

  test('a moment and live', () => {
    expect(parseRoute(showHash('x', { atMs: 1234.5 }))).toMatchObject({ show: 'x', atMs: 1235, live: false });
    expect(parseRoute(showHash('x', { live: true }))).toMatchObject({ show: 'x', atMs: null, live: true });
  });

  test.each(['', '#', '#/', '#/nonsense', '#/show/', '#?t=5'])('%j is the list', (hash) => {
    expect(parseRoute(hash).show).toBeNull();
  });

  test('a broken escape is shown as it came', () => {
    expect(parseRoute('#/show/100%').show).toBe('100%');
  });
});

test('the colour switch goes round', () => {
  expect([nextTheme('system'), nextTheme('dark'), nextTheme('light')]).toEqual(['dark', 'light', 'system']);
});

test('a search stands in the address', () => {
  for (const query of ['night', 'a&b=c #1', '100%'])
    expect(parseRoute(searchHash(query))).toMatchObject({ page: 'search', query });
  expect(searchHash('')).toBe('#/search');
});

test('pages hold twenty, and one beyond the end is the last', () => {
  const rows = Array.from({ length: 45 }, (_, index) => index);
  expect([0, 20, 21, 45].map(pageCount)).toEqual([1, 1, 2, 3]);
  expect(pageOf(rows, 0)).toHaveLength(20);
  expect(pageOf(rows, 2)).toEqual([40, 41, 42, 43, 44]);
  expect(pageOf(rows, 9)).toEqual([40, 41, 42, 43, 44]);
  expect(clampPage(-1, 45)).toBe(0);
});
