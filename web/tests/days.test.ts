import { expect, test } from 'vitest';
import { dayBounds, dayOf, shiftDay } from '../src/time/days';

const hourMs = 3_600_000;

test('a local day goes from midnight to midnight', () => {
  process.env.TZ = 'Asia/Kolkata';
  expect(dayBounds('2026-11-20')).toEqual({
    fromMs: Date.parse('2026-11-19T18:30:00Z'),
    toMs: Date.parse('2026-11-20T18:30:00Z'),
  });
});

test('days of a clock change have 23 and 25 hours', () => {
  process.env.TZ = 'Europe/Berlin';
  const spring = dayBounds('2026-03-29');
  const autumn = dayBounds('2026-10-25');
  expect(spring && spring.toMs - spring.fromMs).toBe(23 * hourMs);
  expect(autumn && autumn.toMs - autumn.fromMs).toBe(25 * hourMs);
});

test.each(['', '2026-02-30', '2026-13-01', 'yesterday', '2026-1-1'])('%j is no day', (text) => {
  expect(dayBounds(text)).toBeNull();
});

test('an instant belongs to the local day, and days can be counted across a year and a clock change', () => {
  process.env.TZ = 'Europe/Berlin';
  expect(dayOf(Date.parse('2026-11-19T23:30:00Z'))).toBe('2026-11-20');
  expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
  expect(shiftDay('2026-10-26', -1)).toBe('2026-10-25');
  expect(shiftDay('no day', 1)).toBe('no day');
});
