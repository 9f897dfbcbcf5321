const delaysMs = [1000, 2000, 4000, 8000, 10_000];

/** How long to wait before try number `attempt` (from 0); null when it is time to stop and ask the listener. */
export function retryDelayMs(attempt: number): number | null {
  return delaysMs[attempt] ?? null;
}
