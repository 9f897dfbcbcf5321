import { clamp, type Span } from '../time/span';

/** A wall time as a datetime-local input holds it, with seconds. */
export function toInput(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => value.toString().padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const halfHourMs = 1_800_000;

/** The wall times such an input may mean: two in the hour that is repeated when clocks go back, none when it is empty or half typed. */
export function timesOf(text: string): readonly number[] {
  const ms = text === '' ? Number.NaN : new Date(text).getTime();
  if (Number.isNaN(ms)) return [];
  const full = toInput(ms);
  // An hour nearly everywhere, half an hour on Lord Howe Island.
  const same = [-2, -1, 0, 1, 2].map((by) => ms + by * halfHourMs).filter((time) => toInput(time) === full);
  return same.length === 0 ? [ms] : same;
}

/** Of the times that a text may mean, the one within this stretch, or next to it; NaN when it means none. */
export function fromInput(text: string, near: Span): number {
  const away = (ms: number): number => Math.max(near.fromMs - ms, ms - near.toMs, 0);
  return [...timesOf(text)].sort((a, b) => away(a) - away(b))[0] ?? Number.NaN;
}

/** How far a local time is from UTC, to tell the two hours of one name apart: `UTC+2`. */
export function offsetOf(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${rest.toString().padStart(2, '0')}`}`;
}

export type RangeCheck = { readonly range: Span } | { readonly problem: string };

/**
 * Whether two times (NaN: not typed) make a range within what has been recorded. Typed ones are whole seconds, so up to a second beyond an end
 * is that end.
 */
export function checkRange(fromMs: number, toMs: number, recorded: Span): RangeCheck {
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return { problem: 'Enter both times.' };
  if (fromMs >= toMs) return { problem: 'The end has to come after the start.' };
  if (fromMs < recorded.fromMs - 1000 || toMs > recorded.toMs + 1000)
    return { problem: 'Nothing was recorded then: both times have to lie between the first and the last sound.' };
  return {
    range: {
      fromMs: clamp(fromMs, recorded.fromMs, recorded.toMs),
      toMs: clamp(toMs, recorded.fromMs, recorded.toMs),
    },
  };
}
