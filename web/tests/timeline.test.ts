import { describe, expect, test } from 'vitest';
import type { Timeline, Title } from '../src/api/types';
import { causeInWords } from '../src/timeline/causes';
import { describeAt, knownUntil } from '../src/timeline/describe';
import { barOf, closeUp, percentAt, stepOnStrip, thin, ticks, timeAt } from '../src/timeline/geometry';
import { neighbourTitle, titleIndexAt } from '../src/timeline/titles';

const view = { fromMs: 1000, toMs: 2000 };

describe('geometry', () => {
  test('places are shares of the view, and clamped to it', () => {
    expect(percentAt(1250, view)).toBe(25);
    expect(percentAt(0, view)).toBe(0);
    expect(percentAt(9999, view)).toBe(100);
  });

  test('a point is a time', () => {
    expect(timeAt(50, 200, view)).toBe(1250);
    expect(timeAt(-5, 200, view)).toBe(1000);
    expect(timeAt(500, 200, view)).toBe(2000);
    expect(timeAt(5, 0, view)).toBe(1000);
  });

  test('bars are clipped, and out of view they are none', () => {
    expect(barOf(500, 1500, view)).toEqual({ left: 0, width: 50 });
    expect(barOf(1500, 9000, view)).toEqual({ left: 50, width: 50 });
    expect(barOf(0, 1000, view)).toBeNull();
    expect(barOf(2000, 3000, view)).toBeNull();
  });

  test('the shortest gap can be seen, also at the right edge', () => {
    expect(barOf(1500, 1500.1, view, 1)).toEqual({ left: 50, width: 1 });
    expect(barOf(1999.9, 2000, view, 1)).toEqual({ left: 99, width: 1 });
  });

  test('a little sound is looked at from close by, in whole hours', () => {
    const hour = 3_600_000;
    const day = { fromMs: 100 * hour, toMs: 124 * hour };
    expect(closeUp(day, [])).toBeNull();
    expect(closeUp(day, [{ from_ms: 110.4 * hour, to_ms: 110.5 * hour }])).toEqual({
      fromMs: 110 * hour,
      toMs: 111 * hour,
    });
    expect(closeUp(day, [{ from_ms: 109.9 * hour, to_ms: 111.5 * hour }])).toEqual({
      fromMs: 109 * hour,
      toMs: 112 * hour,
    });
    expect(closeUp(day, [{ from_ms: 109.9 * hour, to_ms: 112.5 * hour }])).toBeNull();
    expect(closeUp(day, [{ from_ms: 123.9 * hour, to_ms: 124 * hour }])?.toMs).toBe(day.toMs);
  });

  test('ticks are whole steps of the local clock', () => {
    process.env.TZ = 'Asia/Kolkata';
    const from = Date.parse('2026-11-19T18:30:00Z');
    const day = { fromMs: from, toMs: from + 86_400_000 };
    const found = ticks(day, 8);
    expect(found).toHaveLength(9);
    expect(found.every((ms) => new Date(ms).getHours() % 3 === 0 && new Date(ms).getMinutes() === 0)).toBe(true);
  });
});

describe('titles', () => {
  const title = (timestamp_ms: number): Title => ({ section_id: 1, timestamp_ms, text: `at ${timestamp_ms}` });
  const titles = [title(0), title(60_000), title(120_000)];

  test('the one that plays', () => {
    expect(titleIndexAt(titles, -1)).toBe(-1);
    expect(titleIndexAt(titles, 59_999)).toBe(0);
    expect(titleIndexAt(titles, 60_000)).toBe(1);
    expect(titleIndexAt([], 5)).toBe(-1);
  });

  test('next and previous', () => {
    expect(neighbourTitle(titles, 70_000, 1)?.timestamp_ms).toBe(120_000);
    expect(neighbourTitle(titles, 130_000, 1)).toBeNull();
    expect(neighbourTitle(titles, 70_000, -1)?.timestamp_ms).toBe(60_000);
    expect(neighbourTitle(titles, 61_000, -1)?.timestamp_ms).toBe(0);
    expect(neighbourTitle(titles, 1000, -1)?.timestamp_ms).toBe(0);
    expect(neighbourTitle([], 1000, -1)).toBeNull();
  });
});

test('causes are words, and an unknown one is not hidden', () => {
  expect(causeInWords('disk_full')).toBe('The disk was full');
  expect(causeInWords('new_kind')).toBe('new kind');
});

test('a day of a thousand short recordings is some hundred bars that cover the same', () => {
  const day = { fromMs: 0, toMs: 86_400_000 };
  const pieces = Array.from({ length: 5000 }, (_, index) => ({
    fromMs: index * 17_000,
    toMs: index * 17_000 + 16_000,
  }));
  const bars = thin(pieces, day);
  expect(bars.length).toBeLessThan(900);
  expect(bars[0]?.fromMs).toBe(0);
  expect(bars.at(-1)?.toMs).toBe(4999 * 17_000 + 16_000);
});

test('long recordings stay apart however small the hole between them', () => {
  const hour = 3_600_000;
  const pieces = [
    { fromMs: 0, toMs: hour },
    { fromMs: hour + 1000, toMs: 2 * hour },
  ];
  expect(thin(pieces, { fromMs: 0, toMs: 24 * hour })).toEqual(pieces);
  expect(thin(pieces, { fromMs: 90 * 60_000, toMs: 24 * hour })).toEqual([pieces[1]]);
});

test('keys move a cursor along the strip and not beyond it', () => {
  const day = { fromMs: 0, toMs: 86_400_000 };
  expect(stepOnStrip('ArrowRight', 0, day)).toBe(300_000);
  expect(stepOnStrip('ArrowLeft', 100_000, day)).toBe(0);
  expect(stepOnStrip('PageUp', 0, day)).toBe(3_600_000);
  expect(stepOnStrip('End', 0, day)).toBe(86_399_999);
  expect(stepOnStrip('a', 0, day)).toBeNull();
});

test('an instant of the day in words', () => {
  const timeline: Timeline = {
    windows: [],
    sections: [
      { section_id: 1, from_ms: 0, to_ms: 100, ended: true },
      { section_id: 2, from_ms: 200, to_ms: 300, ended: true },
    ],
    gaps: [{ from_ms: 100, to_ms: 200, cause: 'disconnected' }],
    titles: [{ section_id: 1, timestamp_ms: 50, text: 'Night Shift' }],
  };
  expect([10, 60, 150, 250, 400].map((ms) => describeAt(timeline, ms, 500))).toEqual([
    'Recorded',
    'Night Shift',
    'Missing: the connection broke',
    'Recorded',
    'Not recorded',
  ]);
  const pulled = { ...timeline, known_until_us: 350_000 };
  expect([340, 400, 600].map((ms) => describeAt(pulled, ms, 500))).toEqual([
    'Not recorded',
    'Not known yet',
    'Still to come',
  ]);
  // When everything the recorder has is here, its silence means that there was nothing.
  expect([340, 400, 600].map((ms) => describeAt(knownUntil(pulled, 500), ms, 500))).toEqual([
    'Not recorded',
    'Not recorded',
    'Still to come',
  ]);
  expect(knownUntil(timeline, 500)).toBe(timeline);
});
