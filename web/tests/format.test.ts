import { describe, expect, test } from 'vitest';
import {
  formatClock,
  formatDay,
  formatDuration,
  formatMoment,
  formatOffset,
  formatSpan,
  speakOffset,
} from '../src/time/format';

const at = (text: string): number => new Date(text).getTime();

describe('positions and lengths', () => {
  test.each([
    [0, '0:00'],
    [999, '0:00'],
    [65_000, '1:05'],
    [3_600_000, '1:00:00'],
    [90_061_000, '25:01:01'],
    [-65_000, '−1:05'],
    [-400, '0:00'],
  ])('%i ms reads %s', (ms, text) => {
    expect(formatOffset(ms)).toBe(text);
  });

  test.each([
    [0, '0 s'],
    [-5, '0 s'],
    [45_000, '45 s'],
    [60_000, '1 min'],
    [3_599_999, '1 h'],
    [7_500_000, '2 h 5 min'],
  ])('a length of %i ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('a screen reader hears whole words', () => {
    expect(speakOffset(3_661_000)).toBe('1 hour 1 minute 1 second');
    expect(speakOffset(120_000)).toBe('2 minutes');
    expect(speakOffset(0)).toBe('0 seconds');
  });
});

describe('times of day are local', () => {
  test('in a half-hour zone', () => {
    process.env.TZ = 'Asia/Kolkata';
    expect(formatClock(at('2026-11-20T00:00:00Z'))).toBe('05:30');
    expect(formatClock(at('2026-11-20T18:29:59Z'), 'seconds')).toBe('23:59:59');
  });

  test('days are named from where the listener is', () => {
    process.env.TZ = 'America/New_York';
    const now = at('2026-11-20T12:00:00Z');
    expect(formatDay(at('2026-11-20T05:00:00Z'), now)).toBe('Today');
    expect(formatDay(at('2026-11-20T04:59:59Z'), now)).toBe('Yesterday');
    expect(formatDay(at('2026-11-18T12:00:00Z'), now, 'en-GB')).toBe('Wed 18 Nov');
    expect(formatDay(at('2025-11-18T12:00:00Z'), now, 'en-GB')).toBe('Tue, 18 Nov 2025');
  });

  test('the day after a clock change still has a yesterday', () => {
    process.env.TZ = 'Europe/Berlin';
    const now = at('2026-10-26T08:00:00+01:00');
    expect(formatDay(at('2026-10-25T00:30:00+02:00'), now)).toBe('Yesterday');
  });

  test('a span past midnight names both days', () => {
    process.env.TZ = 'UTC';
    const now = at('2026-11-20T12:00:00Z');
    expect(formatSpan(at('2026-11-20T10:00:00Z'), at('2026-11-20T11:30:00Z'), now)).toBe('Today, 10:00 – 11:30');
    expect(formatSpan(at('2026-11-19T22:00:00Z'), at('2026-11-20T01:00:00Z'), now)).toBe(
      'Yesterday, 22:00 – today, 01:00',
    );
    expect(formatSpan(at('2026-11-20T10:00:00Z'), null, now)).toBe('Today, 10:00 – now');
  });

  test('within a sentence today is a word, and a weekday keeps its capital', () => {
    process.env.TZ = 'UTC';
    const now = at('2026-11-20T12:00:00Z');
    expect(formatMoment(at('2026-11-20T10:00:00Z'), now)).toBe('today, 10:00');
    expect(formatMoment(at('2026-11-18T10:00:00Z'), now, 'en-GB')).toBe('Wed 18 Nov, 10:00');
  });
});
