import type { SyncReport } from '../api/syncTypes';
import { formatDuration, formatMoment } from '../time/format';
import { stateInWords, type Tone } from './states';

export interface SyncSummary {
  readonly tone: Tone;
  readonly title: string;
  readonly detail: string | null;
}

/** The whole receiver in one line: trouble first, then work, then peace. */
export function summarise(report: SyncReport, nowMs: number): SyncSummary {
  const away = report.remotes.filter((remote) => !remote.online);
  const [first] = away;
  if (first) {
    const since = formatMoment(first.since_us / 1000, nowMs);
    const who =
      report.remotes.length === 1
        ? 'The recorder has'
        : `${listed(away.map((remote) => `“${remote.name}”`))} ${away.length === 1 ? 'has' : 'have'}`;
    return {
      tone: 'waiting',
      title: `${who} been out of reach since ${since}.`,
      detail: [
        report.shows.length === 0 ? 'Nothing has been fetched yet.' : 'Everything fetched so far still plays.',
        ...(first.detail ? [sentence(first.detail)] : []),
        'It is tried again by itself; if this lasts, see whether the recorder runs and can be reached.',
      ].join(' '),
    };
  }
  const bad = report.shows.filter((show) => stateInWords(show.state, show.show).tone === 'bad');
  if (bad.length > 0) {
    return {
      tone: 'bad',
      title: bad.length === 1 ? 'One show needs attention.' : `${bad.length} shows need attention.`,
      detail: someOf(bad),
    };
  }
  const busy = report.shows.filter((show) => show.behind > 0 && stateInWords(show.state, show.show).tone === 'busy');
  if (busy.length > 0) {
    const left = Math.max(...busy.map((show) => show.time_left_ms ?? 0));
    return {
      tone: 'busy',
      title: busy.length === 1 ? 'Fetching one show.' : `Fetching ${busy.length} shows.`,
      detail: left > 0 ? `About ${formatDuration(left)} left` : null,
    };
  }
  const waiting = report.shows.filter((show) => ['not_offered', 'recorder_away', 'starting'].includes(show.state));
  if (waiting.length > 0) {
    return {
      tone: 'waiting',
      title: `Not all is here: ${waiting.length === 1 ? 'one show waits' : `${waiting.length} shows wait`}.`,
      detail: someOf(waiting),
    };
  }
  if (report.shows.length === 0) return { tone: 'waiting', title: 'No show has been offered yet.', detail: null };
  return { tone: 'good', title: 'Everything is here.', detail: delayInWords(report) };
}

/** How soon new sound arrives: the slowest show's last delay. */
function delayInWords(report: SyncReport): string | null {
  const delays = report.shows.flatMap((show) => (show.last_delay_ms === null ? [] : [show.last_delay_ms]));
  return delays.length === 0 ? null : `New sound arrives within ${formatDelay(Math.max(...delays))}`;
}

/** `0.3 s`, `12 s`. */
export function formatDelay(ms: number): string {
  return ms < 9950 ? `${(Math.max(ms, 100) / 1000).toFixed(1)} s` : formatDuration(ms);
}

const units = ['B', 'kB', 'MB', 'GB'] as const;

/** `850 kB/s`, `4.1 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  let value = bytesPerSecond;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}/s`;
}

function someOf(shows: SyncReport['shows']): string {
  return listed(shows.slice(0, 3).map((show) => show.show)) + (shows.length > 3 ? ' and others' : '');
}

/** What a program said, which may lack the full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
