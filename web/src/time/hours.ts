import { contains, type Span } from './span';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * The local clock hour around an instant. Local, because in a half-hour time zone a UTC hour starts at :30 and its marks
 * would read wrong; and an hour of elapsed time long, because around a clock change local arithmetic would make it 0 or 2.
 */
export function hourWindow(ms: number): Span {
  const date = new Date(ms);
  const into = date.getMinutes() * minuteMs + date.getSeconds() * 1000 + date.getMilliseconds();
  return { fromMs: ms - into, toMs: ms - into + hourMs };
}

/** The next or previous hour of a session, or null when the session does not reach into it. */
export function neighbourHour(view: Span, by: 1 | -1, session: Span): Span | null {
  const next = hourWindow(by > 0 ? view.toMs : view.fromMs - 1);
  return next.fromMs < session.toMs && next.toMs > session.fromMs ? next : null;
}

/** Follows the playback across an hour boundary, but only if it was in view: who looks elsewhere is left alone. */
export function followHour(view: Span, previousMs: number, currentMs: number): Span {
  if (contains(view, currentMs) || !contains(view, previousMs)) return view;
  return hourWindow(currentMs);
}

/** Evenly spaced marks, both ends included. */
export function marks(view: Span, count: number): number[] {
  const step = (view.toMs - view.fromMs) / (count - 1);
  return Array.from({ length: count }, (_, index) => Math.round(view.fromMs + index * step));
}
