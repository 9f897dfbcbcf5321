// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventHub, type EventStream } from '../src/api/hub';
import { liveDistanceS, stillLiveMs } from '../src/player/liveDistance';
import { ShowModel } from '../src/show/model';

const silent = (): EventStream => ({
  readyState: 0,
  onopen: null,
  onerror: null,
  onmessage: null,
  addEventListener: () => undefined,
  close: () => undefined,
});

let answers: (path: string) => unknown;
let model: ShowModel;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (path: string) => {
    const answer = answers(path);
    return Promise.resolve(
      answer === undefined
        ? new Response('{"detail":"There is no show."}', { status: 404 })
        : new Response(JSON.stringify(answer)),
    );
  });
  model = new ShowModel('receiver', 'news', new EventHub(silent), () => undefined);
});

afterEach(() => {
  model.dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const timeline = { windows: [], sections: [], gaps: [], titles: [] };
const metadata = { unique_id: 'db_1', name: 'news', audio_format: 'opus', bitrate: '16' };

function listed(ended: boolean): unknown {
  const session = {
    section_id: 7,
    start_id: 1,
    end_id: 9,
    timestamp_ms: Date.now() - 60_000,
    duration_ms: 9000,
    ended,
    continues: null,
    codec: 'opus',
  };
  return { name: 'news', sessions: [session], more: false };
}

const server =
  (sessions: () => unknown) =>
  (path: string): unknown =>
    path.includes('metadata') ? metadata : path.includes('sessions') ? sessions() : timeline;

test('a show that is not here is missing, and not one without titles or recordings', async () => {
  answers = () => undefined;
  await model.load();
  expect(model.missing.value).toBe(true);
  expect(model.empty.value).toBe(false);

  answers = server(() => listed(true));
  await model.load();
  expect(model.missing.value).toBe(false);
  expect(model.known.value).toHaveLength(1);
});

test('a server that fails does not make a show missing', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"detail":"no"}', { status: 503 })));
  await model.load();
  expect(model.missing.value).toBe(false);
  expect(model.sessions.value.state).toBe('failed');
});

test('an empty show is empty, and its day has been looked at', async () => {
  answers = server(() => ({ name: 'news', sessions: [], more: false }));
  await model.load();
  await vi.advanceTimersByTimeAsync(1);
  expect(model.empty.value).toBe(true);
  model.retryDay();
  await vi.advanceTimersByTimeAsync(1);
  expect(model.dayTimeline.value.state).toBe('ready');
});

test('that a recording has been given up is noticed although nobody tells', async () => {
  let ended = false;
  answers = server(() => listed(ended));
  await model.load();
  expect(model.growing.value?.section_id).toBe(7);
  ended = true;
  await vi.advanceTimersByTimeAsync(70_000);
  expect(model.growing.value).toBeNull();
});

test('live is as near as is safe, and what is further away can be caught up with', () => {
  expect([1, 2, 6].map(liveDistanceS)).toEqual([2.5, 4, 10]);
  expect([1, 2, 6].map(stillLiveMs)).toEqual([8000, 8000, 22_000]);
});
