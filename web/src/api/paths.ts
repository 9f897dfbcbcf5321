import type { Mode, Session, SessionCodec } from './types';

const known = new Map<string, string>();

/** Keeps what stands for a show in a path, as the list of shows tells it: not every name can be carried by one. */
export function learnPath(name: string, path: string | undefined): void {
  if (path !== undefined) known.set(name, path);
}

export function forgetPaths(): void {
  known.clear();
}

/** The path under which one show answers: `api/` for a single file, `api/show/NAME/` where there are many. */
export function showPrefix(mode: Mode, name: string): string {
  return mode === 'inspect' ? 'api/' : `api/show/${known.get(name) ?? encodeURIComponent(name)}/`;
}

export function playlistFile(codec: SessionCodec): string {
  switch (codec) {
    case 'opus':
      return 'opus-playlist.m3u8';
    case 'wav':
      return 'flac-playlist.m3u8';
    default:
      return 'playlist.m3u8';
  }
}

/** Growing lists are kept whole up to six hours by the server; beyond five we ask for what is there now instead. */
const longestGrowingMs = 5 * 3_600_000;

export function growsInPlace(session: Session): boolean {
  return !session.ended && session.duration_ms <= longestGrowingMs;
}

/** The playlist to play a session from: fixed when it has ended, growing while it does. */
export function sessionPlaylist(prefix: string, session: Session): string {
  return growsInPlace(session)
    ? `${prefix}${playlistFile(session.codec)}?section_id=${session.section_id}`
    : rangePlaylist(prefix, session.codec, session.start_id, session.end_id);
}

/** Beyond a day a session is played in pieces: the server keeps lists to a week, and a phone would rather read less. */
const longestListMs = 26 * 3_600_000;
const beforeMs = 6 * 3_600_000;
const pieceMs = 24 * 3_600_000;

export interface SessionList {
  readonly url: string;
  readonly fromMs: number;
  /** It holds all that the session has now. */
  readonly whole: boolean;
}

/** The playlist to play a session from at an instant, and where it begins: the whole session, or of a very long one a day around it. */
export function playlistAround(prefix: string, session: Session, atMs: number): SessionList {
  const endMs = session.timestamp_ms + session.duration_ms;
  if (session.duration_ms <= longestListMs)
    return { url: sessionPlaylist(prefix, session), fromMs: session.timestamp_ms, whole: true };
  const fromMs = Math.max(session.timestamp_ms, Math.min(atMs, endMs) - beforeMs);
  return { url: timesPlaylist(prefix, session.codec, fromMs, Math.min(endMs, fromMs + pieceMs)), fromMs, whole: false };
}

/** A playlist of exactly these segments. */
export function rangePlaylist(prefix: string, codec: SessionCodec, startId: number, endId: number): string {
  return `${prefix}${playlistFile(codec)}?start_id=${startId}&end_id=${endId}`;
}

/** A playlist of the sound between two times. */
export function timesPlaylist(prefix: string, codec: SessionCodec, fromMs: number, toMs: number): string {
  return `${prefix}${playlistFile(codec)}?from_ms=${Math.round(fromMs)}&to_ms=${Math.round(toMs)}`;
}

export function livePlaylist(prefix: string, codec: SessionCodec): string {
  return `${prefix}${playlistFile(codec)}?live=1`;
}

export interface ExportFormat {
  readonly format: string;
  readonly label: string;
  readonly hint: string;
}

const decoded: readonly ExportFormat[] = [
  { format: 'wav', label: 'WAV', hint: 'Decoded, exact to the sample; large.' },
  { format: 'wav16k', label: 'WAV 16 kHz mono', hint: 'Decoded, for speech-to-text.' },
];

/** What a session can be saved as, best first: as it is stored, and decoded. Nothing is encoded again. */
export function exportFormats(codec: SessionCodec): readonly ExportFormat[] {
  switch (codec) {
    case 'opus':
      return [{ format: 'ogg', label: 'Ogg Opus', hint: 'As recorded, small; titles as chapters.' }, ...decoded];
    case 'aac':
      return [
        { format: 'm4a', label: 'M4A', hint: 'As recorded, plays everywhere; titles as chapters.' },
        { format: 'aac', label: 'AAC', hint: 'As recorded, bare frames.' },
        ...decoded,
      ];
    case 'mp3':
      return [{ format: 'mp3', label: 'MP3', hint: 'As the station sent it.' }, ...decoded];
    case 'wav':
      return decoded.map((format) => (format.format === 'wav' ? { ...format, hint: 'As recorded.' } : format));
  }
}

export function exportSection(prefix: string, sectionId: number, format: string): string {
  return `${prefix}export?section_id=${sectionId}&format=${format}`;
}

export function exportRange(prefix: string, fromMs: number, toMs: number, format: string): string {
  return `${prefix}export?from_ms=${Math.round(fromMs)}&to_ms=${Math.round(toMs)}&format=${format}`;
}
