import { describe, expect, test } from 'vitest';
import { commandFor, keyHelp, type KeyPress } from '../src/player/keys';
import { MediaClock } from '../src/player/mediaClock';
import { retryDelayMs } from '../src/player/retry';
import { formatSpeed, nextSpeed } from '../src/player/speeds';
import { defaultMode, marksOf, nextMode, viewOf } from '../src/player/timeMode';

function press(key: string, changes: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...changes };
}

test('retries wait 1, 2, 4, 8 and 10 seconds, and then the listener is asked', () => {
  expect([0, 1, 2, 3, 4, 5].map(retryDelayMs)).toEqual([1000, 2000, 4000, 8000, 10_000, null]);
});

describe('keys', () => {
  test.each([
    [' ', { kind: 'toggle' }],
    ['k', { kind: 'toggle' }],
    ['j', { kind: 'skip', seconds: -15 }],
    ['l', { kind: 'skip', seconds: 30 }],
    ['ArrowLeft', { kind: 'skip', seconds: -5 }],
    ['ArrowRight', { kind: 'skip', seconds: 5 }],
    ['ArrowUp', { kind: 'volume', by: 0.1 }],
    ['m', { kind: 'mute' }],
    ['M', { kind: 'mute' }],
    ['>', { kind: 'speed', by: 1 }],
    ['?', { kind: 'help' }],
    ['g', { kind: 'live' }],
    ['t', { kind: 'timeMode' }],
    ['n', { kind: 'title', by: 1 }],
    ['x', null],
    ['Tab', null],
    ['Enter', null],
  ])('%j', (key, command) => {
    expect(commandFor(press(key), 'page')).toEqual(command);
  });

  test('with shift the arrows go a minute', () => {
    expect(commandFor(press('ArrowRight', { shiftKey: true }), 'page')).toEqual({ kind: 'skip', seconds: 60 });
  });

  test('the browser keeps its own shortcuts', () => {
    expect(commandFor(press('l', { ctrlKey: true }), 'page')).toBeNull();
    expect(commandFor(press('ArrowLeft', { altKey: true }), 'page')).toBeNull();
    expect(commandFor(press('m', { metaKey: true }), 'page')).toBeNull();
  });

  test('what has the focus comes first', () => {
    expect(commandFor(press('k'), 'field')).toBeNull();
    expect(commandFor(press(' '), 'button')).toBeNull();
    expect(commandFor(press('k'), 'button')).toEqual({ kind: 'toggle' });
    expect(commandFor(press('ArrowLeft'), 'slider')).toBeNull();
    expect(commandFor(press(' '), 'slider')).toEqual({ kind: 'toggle' });
  });

  test('the help names every plain letter that does something', () => {
    const named = keyHelp.flatMap(([keys]) => keys);
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const works = commandFor(press(letter), 'page') !== null;
      expect(named.includes(letter.toUpperCase()), letter).toBe(works);
    }
  });
});

describe('the media clock', () => {
  // A minute of sound, a hole of five minutes, half a minute of sound, in two-second pieces.
  const pieces = Array.from({ length: 45 }, (_, index) => ({
    startS: index * 2,
    durationS: 2,
    wallMs: 1_000_000 + index * 2000 + (index >= 30 ? 300_000 : 0),
  }));
  const clock = new MediaClock(pieces);

  test('knows both ends', () => {
    expect(clock.startMs).toBe(1_000_000);
    expect(clock.endMs).toBe(1_000_000 + 90_000 + 300_000);
  });

  test('jumps where the station was away', () => {
    expect(clock.wallAt(59.5)).toBe(1_059_500);
    expect(clock.wallAt(60.5)).toBe(1_360_500);
    expect(clock.mediaAt(1_059_500)).toBe(59.5);
    expect(clock.mediaAt(1_360_500)).toBe(60.5);
  });

  test('a time inside the hole is the first sound after it', () => {
    expect(clock.mediaAt(1_200_000)).toBe(60);
  });

  test('stays within the sound there is', () => {
    expect(clock.mediaAt(0)).toBe(0);
    expect(clock.mediaAt(9_999_999)).toBe(90);
    expect(clock.wallAt(-1)).toBe(999_000);
  });

  test('there and back is the same place, everywhere', () => {
    for (let s = 0; s < 90; s += 0.37) expect(clock.mediaAt(clock.wallAt(s))).toBeCloseTo(s, 6);
  });

  test('an empty one answers zero', () => {
    const empty = new MediaClock([]);
    expect(empty.empty).toBe(true);
    expect([empty.wallAt(5), empty.mediaAt(5), empty.endMs]).toEqual([0, 0, 0]);
  });
});

test('speeds go from a half to three and stay there', () => {
  expect(nextSpeed(1, 1)).toBe(1.25);
  expect(nextSpeed(1, -1)).toBe(0.75);
  expect(nextSpeed(3, 1)).toBe(3);
  expect(nextSpeed(0.5, -1)).toBe(0.5);
  expect(nextSpeed(1.1, 1)).toBe(1.25);
  expect(formatSpeed(1.25)).toBe('1.25×');
});

describe('time modes', () => {
  test('cycle hour, absolute, relative', () => {
    expect([nextMode('hour'), nextMode('absolute'), nextMode('relative')]).toEqual(['absolute', 'relative', 'hour']);
  });

  test('an hour is the rule, and the whole of a short session', () => {
    expect(defaultMode(9 * 60_000)).toBe('absolute');
    expect(defaultMode(10 * 60_000)).toBe('hour');
  });

  test('quarter marks from two minutes on, both ends before', () => {
    expect(marksOf('relative', { fromMs: 0, toMs: 119_999 })).toHaveLength(2);
    expect(marksOf('relative', { fromMs: 0, toMs: 120_000 })).toHaveLength(5);
    expect(marksOf('hour', { fromMs: 0, toMs: 3_600_000 })).toHaveLength(5);
  });

  test('a session without length still has a view', () => {
    expect(viewOf('relative', null, { fromMs: 7, toMs: 7 }, 7)).toEqual({ fromMs: 7, toMs: 1007 });
  });
});
