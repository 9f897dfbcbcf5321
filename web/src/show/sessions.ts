import type { Session } from '../api/types';
import { intersect, type Span } from '../time/span';

/** The id of a session's row in the page. */
export function rowId(session: Session): string {
  return `session-${session.section_id}`;
}

export function spanOf(session: Session): Span {
  return { fromMs: session.timestamp_ms, toMs: session.timestamp_ms + session.duration_ms };
}

/** Puts newer facts into a list that is sorted newest first: known sessions are replaced, unknown ones added. */
export function mergeSessions(known: readonly Session[], newer: readonly Session[]): Session[] {
  const byId = new Map(known.map((session) => [session.section_id, session]));
  for (const session of newer) byId.set(session.section_id, session);
  return [...byId.values()].sort((a, b) => b.timestamp_ms - a.timestamp_ms);
}

/** The same where `there` is all there is within a stretch of time: what was known of it and is not told any more is gone. */
export function replaceWithin(known: readonly Session[], there: readonly Session[], span: Span): Session[] {
  return mergeSessions(
    known.filter((session) => intersect(spanOf(session), span) === null),
    there,
  );
}

/** The session that holds an instant, or else the first one after it. */
export function sessionAt(sessions: readonly Session[], ms: number): Session | null {
  let after: Session | null = null;
  for (const session of sessions) {
    const span = spanOf(session);
    if (ms >= span.fromMs && ms < span.toMs) return session;
    if (span.fromMs > ms && (after === null || span.fromMs < after.timestamp_ms)) after = session;
  }
  return after;
}

/** What follows a session in time, for playing on. */
export function sessionAfter(sessions: readonly Session[], session: Session): Session | null {
  return sessions.findLast((candidate) => candidate.timestamp_ms > session.timestamp_ms) ?? null;
}

/** What came before a session. */
export function sessionBefore(sessions: readonly Session[], session: Session): Session | null {
  return sessions.find((candidate) => candidate.timestamp_ms < session.timestamp_ms) ?? null;
}

export function overlapping(sessions: readonly Session[], span: Span | null): readonly Session[] {
  return span ? sessions.filter((session) => intersect(spanOf(session), span) !== null) : sessions;
}

/** The session being recorded right now. */
export function growingSession(sessions: readonly Session[]): Session | null {
  return sessions.find((session) => !session.ended) ?? null;
}

/** How many recordings are shown: `9`, `2 of 9` of one day, `9 and more` while not all are known; nothing where there is nothing. */
export function countInWords(found: number | null, known: number, complete: boolean): string {
  if (known === 0) return '';
  return `${found === null ? '' : `${found} of `}${known}${complete ? '' : ' and more'}`;
}
