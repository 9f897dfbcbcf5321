// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventStream } from '../src/api/eventStream';
import { EventHub } from '../src/api/hub';
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

/** A show whose recorder commits every six seconds, and what the page is told of it. */
async function followed(session: () => object): Promise<(seconds: number) => Promise<void>> {
  let stream: EventStream | undefined;
  const hub = new EventHub(() => (stream = silent()));
  model.dispose();
  model = new ShowModel('receiver', 'news', hub, () => undefined);
  hub.open();
  const facts = { section_id: 7, start_id: 1, end_id: 9, ended: false, continues: null, codec: 'opus' };
  answers = server(() => ({ name: 'news', sessions: [{ ...facts, ...session() }], more: false }));
  await model.load();
  return async (seconds) => {
    for (let passed = 0; passed < seconds; passed += 6) {
      const data = JSON.stringify({ show: 'news', max_id: 10, journal_seq: 1 });
      stream?.onmessage?.({ data } as MessageEvent<string>);
      await vi.advanceTimersByTimeAsync(6000);
    }
  };
}

/** Puts the listener at the newest sound, where the list says nothing of more. */
function atTheNewest(endMs: number): void {
  const { player } = model;
  player.session.value = model.known.value[0] ?? null;
  player.positionMs.value = endMs;
  player.status.value = 'waiting';
  (player as unknown as { following: boolean }).following = true;
}

/** Somebody listens live when the recorder can be reached no longer, for so long that its recording counts as ended. */
async function cutOff() {
  const began = Date.now() - 60_000;
  let facts = { timestamp_ms: began, duration_ms: 60_000, ended: false };
  const commits = await followed(() => facts);
  atTheNewest(began + 60_000);
  const opened = vi.spyOn(model.player, 'open');
  const tell = (change: Partial<typeof facts>): void => {
    facts = { ...facts, ...change };
  };
  tell({ ended: true });
  await vi.advanceTimersByTimeAsync(400_000);
  return { began, commits, opened, tell };
}

test('live goes on by itself after the recorder could not be reached for so long that its recording counted as ended', async () => {
  const { began, commits, opened, tell } = await cutOff();
  expect(model.player.status.value).toBe('paused');
  expect(opened).not.toHaveBeenCalled();

  tell({ ended: false, duration_ms: 520_000 });
  await commits(6);
  expect(opened).toHaveBeenCalledOnce();
  expect(opened).toHaveBeenCalledWith(expect.objectContaining({ section_id: 7, ended: false }), {
    atMs: began + 60_000,
    live: true,
    play: true,
  });
});

test('what came while nobody could be reached is played although the recording has ended meanwhile', async () => {
  const { began, commits, opened, tell } = await cutOff();
  tell({ duration_ms: 90_000 });
  await commits(6);
  const where = { atMs: began + 60_000, live: false, play: true };
  expect(opened).toHaveBeenCalledWith(expect.objectContaining({ duration_ms: 90_000 }), where);
});

test('who has gone elsewhere meanwhile is left alone', async () => {
  const { commits, opened, tell } = await cutOff();
  model.player.status.value = 'playing';
  tell({ ended: false, duration_ms: 520_000 });
  await commits(12);
  expect(opened).not.toHaveBeenCalled();
});

test('the end of a recording does not throw the place away, and a finished one begins anew', async () => {
  const began = Date.now() - 60_000;
  let facts = { timestamp_ms: began, duration_ms: 60_000, ended: true };
  await followed(() => facts);
  const session = model.known.value[0];
  if (!session) throw new Error('no session');
  localStorage.setItem('db_1_position_7', '59.5');
  expect(model.savedPosition(session)).toBeNull();
  atTheNewest(began + 60_000);
  model.player.update(session);
  expect(localStorage.getItem('db_1_position_7')).toBe('59.5');
  facts = { ...facts, duration_ms: 300_000 };
  expect(model.savedPosition({ ...session, ...facts })).toBe(59.5);
});

test('who looks at today goes on to the next day at midnight, and who looks at another day stays there', async () => {
  vi.setSystemTime(new Date(2026, 10, 20, 23, 59, 0));
  const began = Date.now() - 3_600_000;
  const commits = await followed(() => ({ timestamp_ms: began, duration_ms: Date.now() - began }));
  expect(model.day.value).toBe('2026-11-20');
  await commits(180);
  expect(model.day.value).toBe('2026-11-21');
  expect(model.dayTimeline.value.state).toBe('ready');

  model.day.value = '2026-11-15';
  await commits(86_400);
  expect(model.day.value).toBe('2026-11-15');
});

test('midnight is noticed also where nothing is recorded', async () => {
  vi.setSystemTime(new Date(2026, 10, 20, 23, 59, 0));
  await followed(() => ({ timestamp_ms: 1000, duration_ms: 1000, ended: true }));
  await vi.advanceTimersByTimeAsync(180_000);
  expect(model.day.value).toBe('2026-11-21');
});

test('recordings that retention has removed are offered no longer, and the oldest that is left begins later', async () => {
  const session = (section_id: number, from: number, length: number): object => ({
    ...{ section_id, start_id: 1, end_id: 9, ended: true, continues: null, codec: 'opus' },
    ...{ timestamp_ms: from, duration_ms: length },
  });
  let kept = [session(3, 3_000_000, 1000), session(2, 2_000_000, 500_000), session(1, 1_000_000, 500_000)];
  answers = (path) =>
    server(() => ({ name: 'news', sessions: path.includes('start_ts=0') ? kept.slice(-1) : kept, more: false }))(path);
  await model.load();
  expect(model.known.value.map((known) => known.section_id)).toEqual([3, 2, 1]);
  kept = [session(3, 3_000_000, 1000), session(2, 2_200_000, 300_000)];
  await vi.advanceTimersByTimeAsync(600_000);
  expect(model.known.value.map((known) => known.section_id)).toEqual([3, 2]);
  expect(model.known.value.at(-1)?.timestamp_ms).toBe(2_200_000);
  kept = [];
  await vi.advanceTimersByTimeAsync(600_000);
  expect(model.empty.value).toBe(true);
});
