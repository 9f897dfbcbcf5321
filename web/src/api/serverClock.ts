/**
 * How far the server's clock is ahead of the browser's. Each answer that says its time was written between its question and its coming, and
 * many answers together say it more exactly. (Their Date header would not do: it counts seconds, and may be a second old.)
 */
export class ServerClock {
  private low = -Infinity;
  private high = Infinity;

  /** An answer that was asked for and came at these browser times, and says that it is so late at the server. */
  learn(serverMs: number, sentMs: number, receivedMs: number): void {
    const [low, high] = [serverMs - receivedMs, serverMs - sentMs];
    const [bestLow, bestHigh] = [Math.max(this.low, low), Math.min(this.high, high)];
    // Where they contradict each other a clock was set: the newest answer counts.
    [this.low, this.high] = bestLow <= bestHigh ? [bestLow, bestHigh] : [low, high];
  }

  /** Milliseconds to add to the browser's time. */
  get offsetMs(): number {
    return Number.isFinite(this.low) ? (this.low + this.high) / 2 : 0;
  }
}

const clock = new ServerClock();

export function learnServerTime(serverMs: number, sentMs: number, receivedMs: number): void {
  clock.learn(serverMs, sentMs, receivedMs);
}

/** Now, by the server's clock. */
export function serverNow(): number {
  return Date.now() + clock.offsetMs;
}
