/** Sound is at most so much older than what has reached the list: longer segments than a minute do not exist. */
const mostBeforeListMs = 90_000;

/**
 * How far behind the station the listener is: the age of the sound that is heard. Where that cannot be (the clocks of station and server
 * disagree, or a recording was left open by a crash long ago) it is the distance to the newest sound there is.
 */
export function realDelayMs(behindNewestMs: number, ageMs: number): number {
  const beforeList = ageMs - behindNewestMs;
  return beforeList >= 0 && beforeList <= mostBeforeListMs ? ageMs : behindNewestMs;
}
