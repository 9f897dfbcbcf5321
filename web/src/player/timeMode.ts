import { computed, signal } from '@preact/signals';
import { hourWindow, marks } from '../time/hours';
import type { Span } from '../time/span';

/** How the seek bar counts: one clock hour, the whole session by the clock, or the whole session from its start. */
export type TimeMode = 'hour' | 'absolute' | 'relative';

const order: readonly TimeMode[] = ['hour', 'absolute', 'relative'];

export function nextMode(mode: TimeMode): TimeMode {
  return order[(order.indexOf(mode) + 1) % order.length] ?? 'hour';
}

export const modeNames: Readonly<Record<TimeMode, string>> = {
  hour: 'Hour',
  absolute: 'Clock',
  relative: 'Elapsed',
};

/** The stretch the bar covers. */
export function viewOf(mode: TimeMode, hour: Span | null, session: Span, positionMs: number): Span {
  if (mode === 'hour') return hour ?? hourWindow(positionMs);
  // A session of no length yet would divide by zero.
  return { fromMs: session.fromMs, toMs: Math.max(session.toMs, session.fromMs + 1000) };
}

/** Five marks for an hour, quarters for a session long enough to need them, both ends otherwise. */
export function marksOf(mode: TimeMode, view: Span): number[] {
  return marks(view, mode === 'hour' || view.toMs - view.fromMs >= 120_000 ? 5 : 2);
}

/** What the bar counts by until somebody chooses: an hour's bar would show next to nothing of a few minutes. */
export function defaultMode(sessionMs: number): TimeMode {
  return sessionMs < 10 * 60_000 ? 'absolute' : 'hour';
}

const key = 'audiorelay_timeMode';

function readMode(): TimeMode | null {
  try {
    const value = localStorage.getItem(key);
    return order.find((mode) => mode === value) ?? null;
  } catch {
    return null;
  }
}

const chosen = signal(readMode());

/** What the bar counts by until somebody chooses; set for each session that is opened. */
export const openedMode = signal<TimeMode>('hour');

export const timeMode = computed<TimeMode>(() => chosen.value ?? openedMode.value);

/** Chooses the next mode, and remembers it. */
export function stepTimeMode(): void {
  const next = nextMode(timeMode.peek());
  chosen.value = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Remembering is a courtesy.
  }
}
