import type { ShowSync, SyncState } from '../api/syncTypes';

export type Tone = 'good' | 'busy' | 'waiting' | 'bad';

export interface StateWords {
  readonly label: string;
  readonly tone: Tone;
  /** What to do about it; null where nothing is to be done. */
  readonly advice: string | null;
}

const words: Readonly<Record<SyncState, StateWords>> = {
  starting: { label: 'Starting', tone: 'waiting', advice: null },
  up_to_date: { label: 'Up to date', tone: 'good', advice: null },
  pulling: { label: 'Fetching', tone: 'busy', advice: null },
  queued: { label: 'Waiting for its turn', tone: 'busy', advice: null },
  recorder_away: {
    label: 'The recorder is away',
    tone: 'waiting',
    advice:
      'What has been fetched still plays. It is tried again by itself; if this lasts, see whether the recorder runs and can be reached.',
  },
  not_offered: {
    label: 'Not at the recorder',
    tone: 'waiting',
    advice:
      'The recorder does not offer a show of this name. What is here still plays; compare the names in both configurations.',
  },
  token_refused: {
    label: 'The recorder refuses our token',
    tone: 'bad',
    advice:
      'Put a token with the scope “sync-read” of that recorder into the receiver’s credentials, and name its profile in remote_token_profile (in [[remotes]]: token_profile).',
  },
  not_a_recorder: {
    label: 'What answers there is not a recorder',
    tone: 'bad',
    advice: 'Correct the recorder’s address (remote_url) in the receiver’s configuration.',
  },
  source_replaced: {
    label: 'The recorder began a new store',
    tone: 'bad',
    advice:
      'If that was meant, go on with it: audiorelay replace-source -c receiver.toml --show NAME. What is here is kept.',
  },
  format_changed: {
    label: 'The format changed at the recorder',
    tone: 'bad',
    advice: 'Record it under a new name there, or receive it under another name here. What is here still plays.',
  },
  bad_data: {
    label: 'What arrived was damaged',
    tone: 'bad',
    advice:
      'Nothing damaged was kept, and it is fetched again by itself. If this lasts, check the recorder’s disk and the way between.',
  },
  fenced: {
    label: 'Another receiver has taken over',
    tone: 'waiting',
    advice: 'That one fetches this show now; listening works here as well. If two receivers were not meant, stop one.',
  },
  disk_full: {
    label: 'The disk is full',
    tone: 'bad',
    advice:
      'Make room, or set retention_hours for this show. It goes on by itself; nothing is lost as long as the recorder keeps it.',
  },
  store_fault: {
    label: 'The database cannot be written',
    tone: 'bad',
    advice: 'Check that the database runs and accepts connections. It is tried again by itself.',
  },
};

/** A state in words; one we do not know is shown as it came, not hidden. */
export function stateInWords(state: string, show: string): StateWords {
  const known = (words as Readonly<Record<string, StateWords | undefined>>)[state];
  if (!known) return { label: state.replaceAll('_', ' '), tone: 'waiting', advice: null };
  return known.advice?.includes('NAME') ? { ...known, advice: known.advice.replace('NAME', quoted(show)) } : known;
}

/** As a shell takes it. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

/** How much of what there was to fetch is here, from 0 to 1; null when nothing is being caught up. */
export function progressOf(sync: ShowSync): number | null {
  if (sync.state !== 'pulling' && sync.state !== 'queued') return null;
  if (sync.catch_up_total <= 0) return null;
  return Math.min(1, Math.max(0, 1 - sync.behind / sync.catch_up_total));
}

/** True when what the recorder has does reach us: only then is "recording now" a fact and not a memory. */
export function isFollowed(sync: ShowSync | null): boolean {
  return sync === null || ['up_to_date', 'pulling', 'queued', 'fenced'].includes(sync.state);
}
