/** How a receiver stands towards its recorders, as `/api/sync/status` and the event `sync` tell it. Times `_us` are UTC microseconds. */

export const syncStates = [
  'starting',
  'up_to_date',
  'pulling',
  'queued',
  'recorder_away',
  'not_offered',
  'token_refused',
  'not_a_recorder',
  'source_replaced',
  'format_changed',
  'bad_data',
  'fenced',
  'disk_full',
  'store_fault',
] as const;

export type SyncState = (typeof syncStates)[number];

export interface ShowSync {
  readonly show: string;
  readonly remote: string | null;
  readonly state: SyncState;
  readonly since_us: number;
  readonly detail: string | null;
  readonly read_id: number;
  readonly source_max_id: number | null;
  readonly behind: number;
  readonly catch_up_total: number;
  readonly bytes_per_second: number | null;
  readonly time_left_ms: number | null;
  readonly last_commit_us: number | null;
  readonly last_delay_ms: number | null;
  readonly verified: boolean;
}

export interface RemoteSync {
  readonly name: string;
  readonly url: string;
  readonly online: boolean;
  readonly since_us: number;
  readonly detail: string | null;
  readonly pushes: boolean;
}

export interface SyncReport {
  readonly in_progress: boolean;
  readonly remotes: readonly RemoteSync[];
  readonly shows: readonly ShowSync[];
}
