import { expect, test } from 'vitest';
import {
  exportFormats,
  learnPath,
  exportRange,
  exportSection,
  growsInPlace,
  livePlaylist,
  playlistAround,
  rangePlaylist,
  sessionPlaylist,
  showPrefix,
} from '../src/api/paths';
import type { Session, SessionCodec } from '../src/api/types';

function session(changes: Partial<Session>): Session {
  return {
    section_id: 9,
    start_id: 3,
    end_id: 40,
    timestamp_ms: 0,
    duration_ms: 60_000,
    ended: true,
    continues: null,
    codec: 'opus',
    ...changes,
  };
}

test('every path is relative and a name is encoded', () => {
  expect(showPrefix('inspect', 'anything')).toBe('api/');
  expect(showPrefix('record', 'a/b c?é')).toBe('api/show/a%2Fb%20c%3F%C3%A9/');
  expect(showPrefix('receiver', 'news')).toBe('api/show/news/');
});

test.each<[SessionCodec, string]>([
  ['opus', 'api/opus-playlist.m3u8?start_id=3&end_id=40'],
  ['aac', 'api/playlist.m3u8?start_id=3&end_id=40'],
  ['mp3', 'api/playlist.m3u8?start_id=3&end_id=40'],
  ['wav', 'api/flac-playlist.m3u8?start_id=3&end_id=40'],
])('an ended %s session plays from %s', (codec, url) => {
  expect(sessionPlaylist('api/', session({ codec }))).toBe(url);
});

test('a growing session is followed without an end, until it is too long for that', () => {
  expect(sessionPlaylist('api/', session({ ended: false }))).toBe('api/opus-playlist.m3u8?section_id=9');
  const long = session({ ended: false, duration_ms: 5 * 3_600_000 + 1 });
  expect(growsInPlace(long)).toBe(false);
  expect(sessionPlaylist('api/', long)).toBe('api/opus-playlist.m3u8?start_id=3&end_id=40');
});

test('live, ranges and exports', () => {
  expect(livePlaylist('api/', 'mp3')).toBe('api/playlist.m3u8?live=1');
  expect(rangePlaylist('api/', 'opus', 5, 6)).toBe('api/opus-playlist.m3u8?start_id=5&end_id=6');
  expect(exportSection('api/', 9, 'ogg')).toBe('api/export?section_id=9&format=ogg');
  expect(exportRange('api/', 1.4, 99.6, 'wav')).toBe('api/export?from_ms=1&to_ms=100&format=wav');
});

test.each<SessionCodec>(['opus', 'aac', 'mp3', 'wav'])('every codec can be saved, %s too', (codec) => {
  expect(exportFormats(codec).length).toBeGreaterThan(0);
});

test('a name that no path can carry goes by what the list of shows says', () => {
  learnPath('..', 'dots-1a2b');
  learnPath('news', undefined);
  expect(showPrefix('receiver', '..')).toBe('api/show/dots-1a2b/');
  expect(showPrefix('receiver', 'news')).toBe('api/show/news/');
});

test('of a session of weeks a day around the place is played, of others all', () => {
  const hour = 3_600_000;
  const day = session({ timestamp_ms: 0, duration_ms: 24 * hour, start_id: 1, end_id: 9 });
  expect(playlistAround('api/', day, 5 * hour)).toEqual({ url: sessionPlaylist('api/', day), fromMs: 0, whole: true });
  const weeks = session({ timestamp_ms: hour, duration_ms: 500 * hour });
  expect(playlistAround('api/', weeks, 2 * hour).fromMs).toBe(hour);
  const middle = playlistAround('api/', weeks, 100 * hour);
  expect(middle.fromMs).toBe(94 * hour);
  expect(middle.url).toContain(`from_ms=${94 * hour}&to_ms=${118 * hour}`);
  expect(playlistAround('api/', weeks, 500 * hour).url).toContain(`to_ms=${501 * hour}`);
});
