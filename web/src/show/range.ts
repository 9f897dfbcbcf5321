import { clamp, type Span } from '../time/span';

/** A wall time as a datetime-local input holds it, with seconds. */
export function toInput(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => value.toString().padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The wall time of such an input; NaN when it is empty or half typed. */
export function fromInput(text: string): number {
  return text === '' ? Number.NaN : new Date(text).getTime();
}

export type RangeCheck = { readonly range: Span } | { readonly problem: string };

/**
 * Whether two typed times make a range within what has been recorded. The inputs hold whole seconds, so up to a second beyond an end is
 * that end.
 */
export function checkRange(fromText: string, toText: string, recorded: Span): RangeCheck {
  const fromMs = fromInput(fromText);
  const toMs = fromInput(toText);
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
