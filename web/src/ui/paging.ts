/** So many rows at once, on every list: enough to look through, and few enough for a phone. */
export const pageSize = 20;

export function pageCount(items: number): number {
  return Math.max(1, Math.ceil(items / pageSize));
}

/** The rows of a page; a page beyond the end (the list has shrunk) is the last one. */
export function pageOf<T>(items: readonly T[], page: number): readonly T[] {
  const at = clampPage(page, items.length) * pageSize;
  return items.slice(at, at + pageSize);
}

export function clampPage(page: number, items: number): number {
  return Math.min(Math.max(0, page), pageCount(items) - 1);
}
