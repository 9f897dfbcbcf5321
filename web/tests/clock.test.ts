import { expect, test } from 'vitest';
import { ServerClock } from '../src/api/serverClock';
import { realDelayMs } from '../src/player/delay';

const date = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toUTCString();

test('many answers tell the server’s clock more exactly than a Date can say', () => {
  const clock = new ServerClock();
  const ahead = 3_456;
  for (let ms = 1_700_000_000_000; ms < 1_700_000_010_000; ms += 173) clock.learn(date(ms + ahead + 20), ms, ms + 40);
  expect(clock.offsetMs).toBeGreaterThan(ahead - 120);
  expect(clock.offsetMs).toBeLessThan(ahead + 120);
});

test('a clock that is set is followed, and an answer without a date changes nothing', () => {
  const clock = new ServerClock();
  expect(clock.offsetMs).toBe(0);
  clock.learn(date(1_700_000_000_000), 1_700_000_000_000, 1_700_000_000_000);
  expect(Math.abs(clock.offsetMs)).toBeLessThanOrEqual(1000);
  clock.learn(date(1_700_003_600_000), 1_700_000_000_000, 1_700_000_000_000);
  expect(Math.abs(clock.offsetMs - 3_600_000)).toBeLessThanOrEqual(1000);
  const before = clock.offsetMs;
  clock.learn(null, 1, 2);
  clock.learn('yesterday', 1, 2);
  expect(clock.offsetMs).toBe(before);
});

test('the delay is the age of what is heard, where that can be', () => {
  expect(realDelayMs(6000, 8000)).toBe(8000);
  // A recording that a crash left open a year ago; and a station whose clock is ahead.
  expect(realDelayMs(6000, 31_000_000_000)).toBe(6000);
  expect(realDelayMs(6000, 2000)).toBe(6000);
});
