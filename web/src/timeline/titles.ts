import type { Title } from '../api/types';

/** The index of the title that plays at an instant, -1 before the first. Titles are in order of time. */
export function titleIndexAt(titles: readonly Title[], ms: number): number {
  return titles.findLastIndex((title) => title.timestamp_ms <= ms);
}

/** Where "next title" or "previous title" leads; going back within a title's first seconds means the one before. */
export function neighbourTitle(titles: readonly Title[], ms: number, by: 1 | -1): Title | null {
  const current = titleIndexAt(titles, ms);
  if (by > 0) return titles[current + 1] ?? null;
  const playing = titles[current];
  if (playing && ms - playing.timestamp_ms > 4000) return playing;
  return titles[current - 1] ?? playing ?? null;
}
