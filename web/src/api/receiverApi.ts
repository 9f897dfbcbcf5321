import { getJson, sendJson } from './client';
import type { SyncReport } from './syncTypes';

export interface FoundTitle {
  readonly show: string;
  readonly section_id: number;
  readonly utc_us: number;
  readonly text: string;
}

export interface FoundTitles {
  readonly titles: readonly FoundTitle[];
  readonly more: boolean;
  /** Shows that could not be searched. */
  readonly unread?: readonly string[];
}

export interface Bookmark {
  readonly id: number;
  /** Null when no show here comes from that recorder's store any more. */
  readonly show: string | null;
  readonly store: string;
  readonly from_us: number;
  readonly until_us: number | null;
  readonly note: string;
  readonly created_us: number;
}

export function syncStatus(): Promise<SyncReport> {
  return getJson<SyncReport>('api/sync/status');
}

export function syncNow(): Promise<unknown> {
  return sendJson('POST', 'api/sync');
}

/** Titles that contain this text, newest first; below a show's prefix of that show only. */
export function findTitles(prefix: string, text: string, limit: number, beforeUs: number | null): Promise<FoundTitles> {
  const before = beforeUs === null ? '' : `&before_us=${beforeUs}`;
  return getJson<FoundTitles>(`${prefix}titles?q=${encodeURIComponent(text)}&limit=${limit}${before}`);
}

export async function listBookmarks(): Promise<readonly Bookmark[]> {
  return (await getJson<{ bookmarks: readonly Bookmark[] }>('api/bookmarks')).bookmarks;
}

export function addBookmark(show: string, fromUs: number, untilUs: number | null, note: string): Promise<Bookmark> {
  return sendJson('POST', 'api/bookmarks', { show, from_us: fromUs, until_us: untilUs, note });
}

export function changeBookmark(id: number, note: string): Promise<Bookmark> {
  return sendJson('PATCH', `api/bookmarks/${id}`, { note });
}

export function removeBookmark(id: number): Promise<unknown> {
  return sendJson('DELETE', `api/bookmarks/${id}`);
}
