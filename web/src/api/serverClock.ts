/**
 * How far the server's clock is ahead of the browser's, from the Date of its answers. That header counts whole seconds, so each answer
 * says "between this and a second more", and many answers together say it more exactly.
 */
export class ServerClock {
  private low = -Infinity;
  private high = Infinity;

  /** An answer that was asked for and came at these browser times, with this Date. */
  learn(date: string | null, sentMs: number, receivedMs: number): void {
    const serverMs = Date.parse(date ?? '');
    if (Number.isNaN(serverMs)) return;
    // Written somewhere between both, and up to a second after what it says.
    const [low, high] = [serverMs - receivedMs, serverMs + 1000 - sentMs];
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

export function learnServerTime(date: string | null, sentMs: number, receivedMs: number): void {
  clock.learn(date, sentMs, receivedMs);
}

/** Now, by the server's clock. */
export function serverNow(): number {
  return Date.now() + clock.offsetMs;
}
