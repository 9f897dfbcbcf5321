/** A half-open stretch of time, in UTC milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

export function contains(span: Span, ms: number): boolean {
  return ms >= span.fromMs && ms < span.toMs;
}

/** The common part, or null when there is none. */
export function intersect(a: Span, b: Span): Span | null {
  const fromMs = Math.max(a.fromMs, b.fromMs);
  const toMs = Math.min(a.toMs, b.toMs);
  return fromMs < toMs ? { fromMs, toMs } : null;
}
