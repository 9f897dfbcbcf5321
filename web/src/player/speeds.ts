export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** The next speed up or down from any rate; stays at the ends. */
export function nextSpeed(rate: number, by: 1 | -1): number {
  const candidates = by > 0 ? speeds.filter((s) => s > rate) : speeds.filter((s) => s < rate);
  return candidates.at(by > 0 ? 0 : -1) ?? rate;
}

export function formatSpeed(rate: number): string {
  return `${rate}×`;
}
