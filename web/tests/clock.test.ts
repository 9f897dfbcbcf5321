import { expect, test } from 'vitest';
import { ServerClock } from '../src/api/serverClock';
import { realDelayMs } from '../src/player/delay';

test('many answers tell the server’s clock more exactly than one that took long', () => {
  const clock = new ServerClock();
  const ahead = 3_456;
  for (const [there, back] of [
    [700, 20],
    [15, 900],
    [30, 40],
  ] as const)
    clock.learn(1_700_000_000_000 + ahead + there, 1_700_000_000_000, 1_700_000_000_000 + there + back);
  expect(Math.abs(clock.offsetMs - ahead)).toBeLessThan(20);
});

test('a clock that is set is followed', () => {
  const clock = new ServerClock();
  expect(clock.offsetMs).toBe(0);
  clock.learn(1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_010);
  expect(Math.abs(clock.offsetMs)).toBeLessThanOrEqual(10);
  clock.learn(1_700_003_600_000, 1_700_000_000_000, 1_700_000_000_010);
  expect(Math.abs(clock.offsetMs - 3_600_000)).toBeLessThanOrEqual(10);
});

test('the delay is the age of what is heard, where that can be', () => {
  expect(realDelayMs(6000, 8000)).toBe(8000);
  // A recording that a crash left open a year ago; and a station whose clock is ahead.
  expect(realDelayMs(6000, 31_000_000_000)).toBe(6000);
  expect(realDelayMs(6000, 2000)).toBe(6000);
});
