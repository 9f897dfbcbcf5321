import { signal } from '@preact/signals';
import { closed, type EventStream } from './eventStream';
import { openStream } from './sharedStream';
import type { SyncReport } from './syncTypes';
import type { CommitEvent } from './types';

/** The server says every 15 s that it is there. A line that is dead without having been closed says nothing, and the browser nothing about it. */
const silenceMs = 50_000;
const reopenAfterMs = [1000, 2000, 4000, 8000, 15_000] as const;

/**
 * The one stream of events of the whole page, and of all tabs: browsers allow six connections to a server, and sound needs some. A stream that
 * the browser has given up (a proxy answered in the server's place) is opened again here.
 */
export class EventHub {
  readonly connection = signal<'connecting' | 'open' | 'lost'>('connecting');
  readonly sync = signal<SyncReport | null>(null);

  private readonly listeners = new Set<(event: CommitEvent | null) => void>();
  private stream: EventStream | null = null;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly connect: () => EventStream = () => openStream('api/events')) {}

  open(): void {
    this.close();
    const stream = this.connect();
    this.stream = stream;
    stream.onopen = () => {
      const again = this.connection.peek() === 'lost';
      this.attempt = 0;
      this.connection.value = 'open';
      // What was committed meanwhile is told with the first events, unless it is over by now: look at everything once.
      if (again) this.tell(null);
    };
    stream.onerror = () => {
      clearTimeout(this.silence);
      this.connection.value = 'lost';
      if (stream.readyState === closed && this.stream === stream) this.reopenLater();
    };
    stream.addEventListener('beat', () => {
      this.expectMore(stream);
    });
    stream.onmessage = (event) => {
      const commit = parse(event.data) as CommitEvent | null;
      if (commit) this.tell(commit);
    };
    stream.addEventListener('sync', (event) => {
      const report = parse(event.data) as SyncReport | null;
      if (report) this.sync.value = report;
    });
  }

  close(): void {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.stream?.close();
    this.stream = null;
  }

  /** Also what was told last. */
  forget(): void {
    this.close();
    this.sync.value = null;
    this.connection.value = 'connecting';
  }

  /** Calls for each commit, and with null when commits may have been missed. Returns how to stop. */
  onCommit(listener: (event: CommitEvent | null) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private tell(event: CommitEvent | null): void {
    for (const listener of this.listeners) listener(event);
  }

  /** From the first beat on: a proxy that holds events back lets none through, and then silence says nothing. */
  private expectMore(stream: EventStream): void {
    if (this.stream !== stream) return;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.connection.value = 'lost';
      this.open();
    }, silenceMs);
  }

  private reopenLater(): void {
    const delay = reopenAfterMs[Math.min(this.attempt++, reopenAfterMs.length - 1)];
    this.timer = setTimeout(() => {
      this.open();
    }, delay);
  }
}

/** Null for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const hub = new EventHub();
