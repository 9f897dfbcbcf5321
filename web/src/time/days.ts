import type { Span } from './span';

/** The local day of an instant as `YYYY-MM-DD`, which is what a date input holds. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  const month = (date.getMonth() + 1).toString().padStart(2, '0');
  const day = date.getDate().toString().padStart(2, '0');
  return `${date.getFullYear()}-${month}-${day}`;
}

/** From local midnight to the next one: 23 or 25 hours when the clocks change. Null when the text is no day. */
export function dayBounds(day: string): Span | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return null;
  const [year, month, date] = [Number(match[1]), Number(match[2]) - 1, Number(match[3])];
  const from = new Date(year, month, date);
  if (from.getMonth() !== month || from.getDate() !== date) return null;
  return { fromMs: from.getTime(), toMs: new Date(year, month, date + 1).getTime() };
}

/** The day so many days away. */
export function shiftDay(day: string, by: number): string {
  const bounds = dayBounds(day);
  if (!bounds) return day;
  const from = new Date(bounds.fromMs);
  return dayOf(new Date(from.getFullYear(), from.getMonth(), from.getDate() + by).getTime());
}
