import { clamp, type Span } from '../time/span';

/** Where an instant lies in a view, in percent of its width. */
export function percentAt(ms: number, view: Span): number {
  return clamp(((ms - view.fromMs) / (view.toMs - view.fromMs)) * 100, 0, 100);
}

/** The instant under a point of a strip. */
export function timeAt(x: number, width: number, view: Span): number {
  const share = width > 0 ? clamp(x / width, 0, 1) : 0;
  return view.fromMs + share * (view.toMs - view.fromMs);
}

export interface Bar {
  readonly left: number;
  readonly width: number;
}

/** A stretch as a bar, in percent; null when it is out of view. Short ones stay wide enough to be seen. */
export function barOf(fromMs: number, toMs: number, view: Span, leastPercent = 0.15): Bar | null {
  if (toMs <= view.fromMs || fromMs >= view.toMs) return null;
  const left = percentAt(fromMs, view);
  const width = Math.max(percentAt(toMs, view) - left, leastPercent);
  return { left: Math.min(left, 100 - width), width };
}

const hourMs = 3_600_000;

/**
 * The whole hours around what there is of a day, when that is little: half an hour of sound is a hair on a strip of 24 hours. Null when the
 * whole day is the better view.
 */
export function closeUp(day: Span, pieces: readonly { from_ms: number; to_ms: number }[]): Span | null {
  if (pieces.length === 0) return null;
  const first = Math.min(...pieces.map((piece) => piece.from_ms));
  const last = Math.max(...pieces.map((piece) => piece.to_ms));
  const fromMs = day.fromMs + Math.floor((first - day.fromMs) / hourMs) * hourMs;
  const toMs = Math.min(day.toMs, day.fromMs + Math.ceil((last + 1 - day.fromMs) / hourMs) * hourMs);
  return toMs - fromMs <= 3 * hourMs ? { fromMs, toMs } : null;
}

const minuteMs = 60_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360].map((minutes) => minutes * minuteMs);

/** Local times worth writing under a strip: whole steps of the clock, at most so many of them. */
export function ticks(view: Span, most: number): number[] {
  const length = view.toMs - view.fromMs;
  const step = steps.find((candidate) => length / candidate <= most) ?? 12 * 60 * minuteMs;
  const midnight = new Date(view.fromMs).setHours(0, 0, 0, 0);
  const found: number[] = [];
  let at = midnight + Math.ceil((view.fromMs - midnight) / step) * step;
  for (; at <= view.toMs; at += step) found.push(at);
  return found;
}

/**
 * Puts together pieces that would be drawn less than a hair apart, so that a day of a thousand short recordings is some hundred bars and
 * not a thousand. Pieces are in order of time.
 */
export function thin(pieces: readonly Span[], view: Span, hairs = 800): Span[] {
  const hair = (view.toMs - view.fromMs) / hairs;
  const found: { fromMs: number; toMs: number }[] = [];
  for (const piece of pieces) {
    if (piece.toMs <= view.fromMs || piece.fromMs >= view.toMs) continue;
    const last = found.at(-1);
    if (last && piece.fromMs - last.toMs < hair && (piece.toMs - piece.fromMs < hair || last.toMs - last.fromMs < hair))
      last.toMs = Math.max(last.toMs, piece.toMs);
    else found.push({ fromMs: piece.fromMs, toMs: piece.toMs });
  }
  return found;
}

/** Where a key moves a cursor on a strip; null when it is none of its keys. */
export function stepOnStrip(key: string, atMs: number, view: Span): number | null {
  const length = view.toMs - view.fromMs;
  const small = Math.max(minuteMs / 6, Math.round(length / 288 / 1000) * 1000);
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: -small,
    ArrowDown: -small,
    ArrowRight: small,
    ArrowUp: small,
    PageDown: -12 * small,
    PageUp: 12 * small,
    Home: -length,
    End: length,
  };
  const move = moves[key];
  return move === undefined ? null : clamp(atMs + move, view.fromMs, view.toMs - 1);
}
