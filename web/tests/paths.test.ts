import { expect, test } from 'vitest';
import {
  exportFormats,
  exportRange,
  exportSection,
  growsInPlace,
  livePlaylist,
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
