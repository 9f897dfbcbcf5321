// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventStream } from '../src/api/eventStream';
import { EventHub } from '../src/api/hub';
import { SharedStream, type Channel, type Word } from '../src/api/sharedStream';

/** Passes words to all others, a little later. */
class Room {
  readonly channels: Channel[] = [];

  enter(): Channel {
    const channel: Channel = {
      onmessage: null,
      postMessage: (word) => {
        const others = this.channels.filter((other) => other !== channel);
        setTimeout(() => {
          for (const other of others) other.onmessage?.({ data: word } as MessageEvent<Word>);
        }, 2);
      },
      close: () => {
        this.channels.splice(this.channels.indexOf(channel), 1);
      },
    };
    this.channels.push(channel);
    return channel;
  }
}

/** What the server and a tab have between them. */
class Line implements EventStream {
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;
  readonly named = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.named.set(name, listener);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  close(): void {
    this.readyState = 2;
  }
}

let room: Room;
let lines: Line[];
let hidden: boolean;
const open = (): Line[] => lines.filter((line) => line.readyState !== 2);
const hubs: EventHub[] = [];

/** Another tab, with what it hears. */
async function tab(): Promise<{ hub: EventHub; heard: unknown[] }> {
  const hub = new EventHub(
    () =>
      new SharedStream(() => {
        const line = new Line();
        lines.push(line);
        return line;
      }, room.enter()),
  );
  hubs.push(hub);
  const heard: unknown[] = [];
  hub.onCommit((commit) => heard.push(commit));
  hub.open();
  await vi.advanceTimersByTimeAsync(10);
  return { hub, heard };
}

const commit = { show: 'news', max_id: 3, journal_seq: 1 };
const passed = (): Promise<unknown> => vi.advanceTimersByTimeAsync(10);
const tell = async (line: Line | undefined): Promise<void> => {
  line?.onmessage?.({ data: JSON.stringify(commit) } as MessageEvent<string>);
  await passed();
};
const sync = async (line: Line | undefined): Promise<void> => {
  line?.named.get('sync')?.({ data: '{"in_progress":true}' } as MessageEvent<string>);
  await passed();
};

beforeEach(() => {
  vi.useFakeTimers();
  room = new Room();
  lines = [];
  hidden = false;
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});

afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('of many tabs one has a line to the server, and all hear what it says', async () => {
  const tabs = [];
  for (let i = 0; i < 8; i++) {
    tabs.push(await tab());
    open().at(-1)?.open();
    await passed();
  }
  expect(lines).toHaveLength(8);
  expect(open()).toEqual([lines[7]]);
  await tell(lines[7]);
  await sync(lines[7]);
  for (const { hub, heard } of tabs) {
    expect(heard).toEqual([commit]);
    expect(hub.connection.value).toBe('open');
    expect(hub.sync.value?.in_progress).toBe(true);
  }
});

test('two tabs that open at the same moment do not both go without', async () => {
  const both = [tab(), tab()];
  await Promise.all(both);
  expect(open()).toHaveLength(1);
});

test('when the tab with the line closes, another takes over', async () => {
  const first = await tab();
  const second = await tab();
  lines[1]?.open();
  second.hub.close();
  await vi.advanceTimersByTimeAsync(10);
  expect(open()).toEqual([lines[2]]);
  lines[2]?.open();
  await tell(lines[2]);
  expect(first.heard).toEqual([commit]);
});

test('a tab that opens out of sight asks first, and is told how it stands', async () => {
  await tab();
  lines[0]?.open();
  await sync(lines[0]);
  hidden = true;
  const second = await tab();
  await vi.advanceTimersByTimeAsync(5000);
  expect(lines).toHaveLength(1);
  expect(second.hub.connection.value).toBe('open');
  expect(second.hub.sync.value?.in_progress).toBe(true);
});

test('one out of sight where nobody answers takes the line itself', async () => {
  hidden = true;
  await tab();
  expect(lines).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(open()).toHaveLength(1);
});

test('the line goes with what is looked at', async () => {
  const first = await tab();
  hidden = true;
  await tab();
  await vi.advanceTimersByTimeAsync(2000);
  expect(open()).toEqual([lines[0]]);
  hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(10);
  expect(open()).toEqual([lines[1]]);
  expect(first.hub.connection.value).not.toBe('lost');
});

test('when the line breaks all say so, and nobody else jumps in while it is tried again', async () => {
  const first = await tab();
  await tab();
  lines[1]?.open();
  if (lines[1]) lines[1].readyState = 2;
  lines[1]?.onerror?.(new Event('error'));
  await passed();
  expect(first.hub.connection.value).toBe('lost');
  await vi.advanceTimersByTimeAsync(1500);
  expect(lines).toHaveLength(3);
  lines[2]?.open();
  await passed();
  expect(first.hub.connection.value).toBe('open');
  expect(first.heard).toEqual([null]);
});

test('a tab that died with the line is noticed by its silence', async () => {
  const first = await tab();
  await tab();
  lines[1]?.open();
  lines[1]?.named.get('beat')?.({ data: '{}' } as MessageEvent<string>);
  const gone = room.channels.at(-1);
  if (gone) gone.onmessage = null;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines.length).toBeGreaterThan(2);
  open().at(-1)?.open();
  await passed();
  expect(first.hub.connection.value).toBe('open');
});
