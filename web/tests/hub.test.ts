import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventStream } from '../src/api/eventStream';
import { EventHub } from '../src/api/hub';
import type { CommitEvent } from '../src/api/types';

class FakeStream implements EventStream {
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;
  onSync: ((event: MessageEvent<string>) => void) | null = null;
  onBeat: (() => void) | null = null;
  closed = false;

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    if (name === 'sync') this.onSync = listener;
    if (name === 'beat')
      this.onBeat = () => {
        listener(message('{}'));
      };
  }

  close(): void {
    this.closed = true;
  }
}

const streams: FakeStream[] = [];
const newest = (): FakeStream => {
  const stream = streams.at(-1);
  if (!stream) throw new Error('no stream was opened');
  return stream;
};
const message = (data: string): MessageEvent<string> => ({ data }) as MessageEvent<string>;
let hub: EventHub;
let heard: (CommitEvent | null)[];

beforeEach(() => {
  vi.useFakeTimers();
  streams.length = 0;
  heard = [];
  hub = new EventHub(() => {
    streams.push(new FakeStream());
    return newest();
  });
  hub.onCommit((event) => heard.push(event));
  hub.open();
});

afterEach(() => {
  hub.close();
  vi.useRealTimers();
});

test('commits and sync states are passed on, nonsense is not', () => {
  newest().onopen?.();
  expect(hub.connection.value).toBe('open');
  newest().onmessage?.(message('{"show":"news","max_id":3,"journal_seq":1}'));
  newest().onmessage?.(message('what?'));
  newest().onSync?.(message('{"in_progress":true,"remotes":[],"shows":[]}'));
  expect(heard).toEqual([{ show: 'news', max_id: 3, journal_seq: 1 }]);
  expect(hub.sync.value?.in_progress).toBe(true);
});

test('a line that falls silent without being closed is noticed, said, and opened again', () => {
  const first = newest();
  first.onopen?.();
  first.onBeat?.();
  vi.advanceTimersByTime(40_000);
  first.onBeat?.();
  vi.advanceTimersByTime(40_000);
  expect(hub.connection.value).toBe('open');
  vi.advanceTimersByTime(10_000);
  expect(hub.connection.value).toBe('lost');
  expect(first.closed).toBe(true);
  expect(streams).toHaveLength(2);
  newest().onopen?.();
  expect(hub.connection.value).toBe('open');
  expect(heard).toEqual([null]);
});

test('silence says nothing where no beat ever came through', () => {
  newest().onopen?.();
  vi.advanceTimersByTime(600_000);
  expect(hub.connection.value).toBe('open');
  expect(streams).toHaveLength(1);
});

test('what the browser opens again by itself is left to it, and then everything is looked at once', () => {
  newest().onopen?.();
  newest().onerror?.();
  expect(hub.connection.value).toBe('lost');
  vi.advanceTimersByTime(60_000);
  expect(streams).toHaveLength(1);
  newest().onopen?.();
  expect(hub.connection.value).toBe('open');
  expect(heard).toEqual([null]);
});

test('what the browser has given up is opened again here, more and more slowly', () => {
  const giveUp = (): void => {
    newest().readyState = 2;
    newest().onerror?.();
  };
  giveUp();
  vi.advanceTimersByTime(999);
  expect(streams).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(streams).toHaveLength(2);
  expect(streams[0]?.closed).toBe(true);
  giveUp();
  vi.advanceTimersByTime(1999);
  expect(streams).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(streams).toHaveLength(3);
});

test('whoever has stopped listening hears nothing', () => {
  let count = 0;
  const stop = hub.onCommit(() => count++);
  stop();
  newest().onmessage?.(message('{"show":"news","max_id":3,"journal_seq":1}'));
  expect(count).toBe(0);
});
