import type Hls from 'hls.js';
import { expect, test, vi } from 'vitest';
import { Chokes } from '../src/player/chokes';
import { hlsSource } from '../src/player/source';

test('a decoder that chokes is opened again at once only once, until enough has been heard', () => {
  const chokes = new Chokes();
  expect(chokes.none).toBe(true);
  expect(chokes.add()).toBe(true);
  expect(chokes.add()).toBe(false);
  for (let s = 10; s <= 12; s += 0.25) chokes.heard(s);
  expect(chokes.none).toBe(false);
  expect(chokes.add()).toBe(false);
  for (let s = 10; s <= 13.25; s += 0.25) chokes.heard(s);
  expect(chokes.none).toBe(true);
  expect(chokes.add()).toBe(true);
});

test('going elsewhere is not hearing', () => {
  const chokes = new Chokes();
  chokes.add();
  for (const s of [10, 50, 20, 90]) chokes.heard(s);
  expect(chokes.none).toBe(false);
});

/** hls.js as far as it is spoken to. */
class FakeHls {
  static readonly Events = {
    ERROR: 'error',
    FRAG_BUFFERED: 'buffered',
    LEVEL_UPDATED: 'level',
    MANIFEST_PARSED: 'list',
  };
  static readonly ErrorTypes = { MEDIA_ERROR: 'mediaError', NETWORK_ERROR: 'networkError' };
  static readonly ErrorDetails = { MEDIA_SOURCE_REQUIRES_RESET: 'mediaSourceRequiresReset' };
  static made: FakeHls;
  readonly handlers = new Map<string, (name: string, data: object) => void>();
  recoverMediaError = vi.fn();
  destroy = vi.fn();
  loadSource = vi.fn();
  attachMedia = vi.fn();
  startLoad = vi.fn();

  constructor() {
    FakeHls.made = this;
  }

  on(name: string, handler: (name: string, data: object) => void): void {
    this.handlers.set(name, handler);
  }

  tell(name: string, data: object = {}): void {
    this.handlers.get(name)?.(name, data);
  }
}

function open(): { hls: FakeHls; ended: string[]; trouble: string[] } {
  const [chokes, ended, trouble] = [new Chokes(), [] as string[], [] as string[]];
  hlsSource(FakeHls as unknown as typeof Hls, {} as HTMLAudioElement, 'list', 0, {
    onClock: () => undefined,
    onSound: () => undefined,
    onChoke: () => chokes.add(),
    onTrouble: (message) => trouble.push(message),
    onEnd: (message) => ended.push(message),
  });
  return { hls: FakeHls.made, ended, trouble };
}

test.each([
  ['fatal', { type: 'mediaError', details: 'bufferStalledError', fatal: true }, 1],
  [
    'what hls.js recovers from by itself, without end',
    { type: 'mediaError', details: 'mediaSourceRequiresReset', fatal: false },
    0,
  ],
])('sound that is fetched and cannot be decoded comes to an end: %s', (_, error, recovered) => {
  const { hls, ended } = open();
  hls.tell('error', error);
  hls.tell('buffered');
  expect(hls.recoverMediaError).toHaveBeenCalledTimes(recovered);
  expect(ended).toEqual([]);
  hls.tell('error', error);
  expect(hls.destroy).toHaveBeenCalledOnce();
  expect(ended).toEqual(['The browser could not play this sound.']);
});

test('a broken connection is trouble that passes, and what is not fatal is none', () => {
  const { hls, ended, trouble } = open();
  hls.tell('error', { type: 'networkError', details: 'fragLoadError', fatal: true });
  hls.tell('error', { type: 'mediaError', details: 'bufferStalledError', fatal: false });
  expect(trouble).toEqual(['The connection to AudioRelay is lost.']);
  expect(ended).toEqual([]);
  expect(hls.destroy).not.toHaveBeenCalled();
});
