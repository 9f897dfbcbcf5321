import { expect, test } from 'vitest';
import { followHour, hourWindow, marks, neighbourHour } from '../src/time/hours';

const at = (text: string): number => Date.parse(text);

test.each([
  ['UTC', '2026-11-20T10:42:10Z', '2026-11-20T10:00:00Z'],
  ['Asia/Kolkata', '2026-11-20T10:42:10Z', '2026-11-20T10:30:00Z'],
  ['Asia/Kathmandu', '2026-11-20T10:10:00Z', '2026-11-20T09:15:00Z'],
])('in %s the hour around %s starts at %s', (zone, instant, from) => {
  process.env.TZ = zone;
  expect(hourWindow(at(instant))).toEqual({ fromMs: at(from), toMs: at(from) + 3_600_000 });
});

test('the repeated hour of a clock change is two windows of one hour', () => {
  process.env.TZ = 'Europe/Berlin';
  expect(hourWindow(at('2026-10-25T00:30:00Z')).fromMs).toBe(at('2026-10-25T00:00:00Z'));
  expect(hourWindow(at('2026-10-25T01:30:00Z')).fromMs).toBe(at('2026-10-25T01:00:00Z'));
});

test('neighbouring hours end where the session does', () => {
  process.env.TZ = 'UTC';
  const session = { fromMs: at('2026-11-20T10:15:00Z'), toMs: at('2026-11-20T12:05:00Z') };
  const ten = hourWindow(session.fromMs);
  expect(neighbourHour(ten, -1, session)).toBeNull();
  const eleven = neighbourHour(ten, 1, session);
  expect(eleven?.fromMs).toBe(at('2026-11-20T11:00:00Z'));
  const twelve = eleven && neighbourHour(eleven, 1, session);
  expect(twelve?.fromMs).toBe(at('2026-11-20T12:00:00Z'));
  expect(twelve && neighbourHour(twelve, 1, session)).toBeNull();
});

test('the view follows the playback only when it was in view', () => {
  process.env.TZ = 'UTC';
  const ten = hourWindow(at('2026-11-20T10:59:59Z'));
  const before = at('2026-11-20T10:59:59Z');
  const after = at('2026-11-20T11:00:01Z');
  expect(followHour(ten, before, after).fromMs).toBe(at('2026-11-20T11:00:00Z'));
  const elsewhere = hourWindow(at('2026-11-20T08:00:00Z'));
  expect(followHour(elsewhere, before, after)).toBe(elsewhere);
});

test('five marks cover an hour in quarters', () => {
  expect(marks({ fromMs: 0, toMs: 3_600_000 }, 5)).toEqual([0, 900_000, 1_800_000, 2_700_000, 3_600_000]);
});
