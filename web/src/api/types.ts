/** The shapes of docs/http-api.md, as they travel. Times are UTC milliseconds. */

export type Mode = 'inspect' | 'record' | 'receiver';

export interface ShowSummary {
  readonly name: string;
  /** What stands for it in a path, percent-encoded. */
  readonly path?: string;
  readonly audio_format: string | null;
  readonly recording?: boolean;
  readonly min_id?: number | null;
  readonly max_id?: number | null;
  readonly first_ms?: number | null;
  readonly last_ms?: number | null;
  readonly title?: string | null;
  readonly error?: string | null;
}

export interface ShowMetadata {
  readonly unique_id: string;
  readonly name: string;
  readonly audio_format: string;
  readonly bitrate: string;
  readonly sample_rate: string;
}

export type SessionCodec = 'opus' | 'aac' | 'mp3' | 'wav';

export interface Session {
  readonly section_id: number;
  readonly start_id: number;
  readonly end_id: number;
  readonly timestamp_ms: number;
  readonly duration_ms: number;
  readonly ended: boolean;
  readonly continues: number | null;
  readonly codec: SessionCodec;
}

export interface SessionPage {
  readonly sessions: readonly Session[];
  readonly more: boolean;
}

export interface Stretch {
  readonly from_ms: number;
  readonly to_ms: number;
}

export interface TimelineSection extends Stretch {
  readonly section_id: number;
  readonly ended: boolean;
}

export interface Gap extends Stretch {
  readonly cause: string;
  readonly detail?: string | null;
}

export interface Title {
  readonly section_id: number;
  readonly timestamp_ms: number;
  readonly text: string;
}

export interface Timeline {
  readonly windows: readonly Stretch[];
  readonly sections: readonly TimelineSection[];
  readonly gaps: readonly Gap[];
  readonly titles: readonly Title[];
  /** Up to when this is known: what lies after it is neither there nor missing yet. */
  readonly known_until_us?: number;
  readonly live?: { readonly now_us: number };
}

export interface CommitEvent {
  readonly show: string;
  readonly max_id: number;
  readonly journal_seq: number;
}
