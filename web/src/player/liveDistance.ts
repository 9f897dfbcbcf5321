/**
 * How far before the end of a growing list live is played, in seconds: as near as is safe. The list is read once for each segment, and half
 * of one later when it had nothing new; so one segment and a half are heard before the next is sure to be known. The second is for the way.
 */
export function liveDistanceS(targetSeconds: number): number {
  return 1.5 * targetSeconds + 1;
}

/** Who is nearer to the end than this hears what is live; further away there is something to catch up with. */
export function stillLiveMs(targetSeconds: number): number {
  return Math.max(8000, (liveDistanceS(targetSeconds) + 2 * targetSeconds) * 1000);
}
