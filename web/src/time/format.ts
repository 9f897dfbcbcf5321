const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

function two(value: number): string {
  return value.toString().padStart(2, '0');
}

/** A position as a player shows it: `4:05`, `1:04:05`, with a minus sign before it when it counts back. */
export function formatOffset(ms: number): string {
  const total = Math.floor(Math.abs(ms) / secondMs);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = total % 60;
  const text = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
  return ms < 0 && total > 0 ? `−${text}` : text;
}

/** A length in words: `45 s`, `12 min`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < minuteMs) return `${Math.max(0, Math.round(ms / secondMs))} s`;
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** The same for a screen reader, which says "4 minutes" and not "4 min". */
export function speakOffset(ms: number): string {
  const total = Math.floor(Math.abs(ms) / secondMs);
  const parts: string[] = [];
  const say = (value: number, unit: string): void => {
    if (value > 0) parts.push(`${value} ${unit}${value === 1 ? '' : 's'}`);
  };
  say(Math.floor(total / 3600), 'hour');
  say(Math.floor(total / 60) % 60, 'minute');
  say(total % 60, 'second');
  return parts.length === 0 ? '0 seconds' : parts.join(' ');
}

/** Local time of day, `14:05` or `14:05:09`: one width, always 24 hours, so that it can be compared at a glance. */
export function formatClock(ms: number, precision: 'minutes' | 'seconds' = 'minutes'): string {
  const date = new Date(ms);
  const text = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return precision === 'seconds' ? `${text}:${two(date.getSeconds())}` : text;
}

/** A local day in words, relative where that is clearer. */
export function formatDay(ms: number, nowMs: number, locale?: string): string {
  const day = startOfLocalDay(ms);
  const today = startOfLocalDay(nowMs);
  if (day === today) return 'Today';
  if (day === startOfLocalDay(today - hourMs)) return 'Yesterday';
  const sameYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
  return new Date(ms).toLocaleDateString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** A moment within a sentence: `today, 14:05`, `Thu 19 Nov, 14:05`. */
export function formatMoment(ms: number, nowMs: number, locale?: string): string {
  return `${dayWithin(ms, nowMs, locale)}, ${formatClock(ms)}`;
}

/** A day's own name keeps its capital; today and yesterday are words. */
function dayWithin(ms: number, nowMs: number, locale?: string): string {
  const day = formatDay(ms, nowMs, locale);
  return day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : day;
}

function startOfLocalDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** `Today, 14:00 – 16:30`, and both days where a session runs past midnight. */
export function formatSpan(fromMs: number, toMs: number | null, nowMs: number, locale?: string): string {
  const from = `${formatDay(fromMs, nowMs, locale)}, ${formatClock(fromMs)}`;
  if (toMs === null) return `${from} – now`;
  const sameDay = startOfLocalDay(fromMs) === startOfLocalDay(toMs);
  return `${from} – ${sameDay ? formatClock(toMs) : formatMoment(toMs, nowMs, locale)}`;
}
