import type { Timeline } from '../api/types';
import { causeInWords } from './causes';

/** What there is at an instant of a day, in words: a title, a gap's cause, or that nothing was wanted. */
export function describeAt(timeline: Timeline, ms: number, nowMs: number): string {
  const gap = timeline.gaps.find((candidate) => ms >= candidate.from_ms && ms < candidate.to_ms);
  if (gap) return `Missing: ${causeInWords(gap.cause).toLowerCase()}`;
  const section = timeline.sections.find((candidate) => ms >= candidate.from_ms && ms < candidate.to_ms);
  const knownUntilMs = timeline.known_until_us === undefined ? Infinity : timeline.known_until_us / 1000;
  if (!section) return ms < knownUntilMs ? 'Not recorded' : ms > nowMs ? 'Still to come' : 'Not known yet';
  // A title of the recording before is not what plays in this one.
  const title = timeline.titles.findLast(
    (candidate) => candidate.timestamp_ms <= ms && candidate.section_id === section.section_id,
  );
  return title?.text ?? 'Recorded';
}

/** The same when nothing is missing up to a time: a show that is not recorded now says nothing of the hours since. */
export function knownUntil(timeline: Timeline, ms: number): Timeline {
  const told = timeline.known_until_us;
  return told === undefined || told >= ms * 1000 ? timeline : { ...timeline, known_until_us: ms * 1000 };
}
