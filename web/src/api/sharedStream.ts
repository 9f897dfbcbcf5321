import { closed, type EventStream } from './eventStream';

/** The part of BroadcastChannel that is used. */
export interface Channel {
  onmessage: ((event: MessageEvent<Word>) => void) | null;
  postMessage(word: Word): void;
  close(): void;
}

/** What tabs say to each other. */
export type Word =
  /** I hold the stream from now on. */
  | { readonly say: 'hold'; readonly at: number; readonly by: string }
  /** Does anybody hold it? */
  | { readonly say: 'ask' }
  /** I do, and this is how it stands. */
  | { readonly say: 'held'; readonly open: boolean; readonly sync: string | null }
  /** I do no longer. */
  | { readonly say: 'free' }
  | { readonly say: 'open' | 'error' }
  | { readonly say: 'event'; readonly name: string; readonly data: string };

const named = ['beat', 'sync'] as const;
const answerMs = 1000;
/** Tabs that nobody looks at do not all jump at once. */
const jumpWithinMs = 500;

/**
 * One stream of events for all tabs of a browser: without HTTP/2 it allows six connections to a server, and with a stream in each tab nothing
 * would load in the seventh. The tab that came into view last holds it, since a browser slows down and freezes those that are out of sight;
 * it passes on what it hears. Two that hold it for a moment do no harm. Neither locks (which only pages with TLS have) nor shared workers
 * (which not every phone has) are needed.
 */
export class SharedStream implements EventStream {
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;

  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  private readonly by = Math.random().toString(36).slice(2);
  private readonly stop = new AbortController();
  private heldAt: number | null = null;
  private real: EventStream | null = null;
  private sync: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connect: () => EventStream,
    private readonly channel: Channel,
  ) {
    channel.onmessage = (event) => {
      this.hear(event.data);
    };
    document.addEventListener(
      'visibilitychange',
      () => {
        if (!document.hidden && this.heldAt === null) this.hold();
      },
      { signal: this.stop.signal },
    );
    window.addEventListener(
      'pagehide',
      () => {
        this.release();
      },
      { signal: this.stop.signal },
    );
    // After whoever made it has said what to call.
    queueMicrotask(() => {
      if (this.stop.signal.aborted) return;
      if (!document.hidden) this.hold();
      else {
        this.holdAfter(answerMs);
        channel.postMessage({ say: 'ask' });
      }
    });
  }

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(name, listener);
  }

  close(): void {
    // Who has lost it and tries again goes on holding it.
    if (this.readyState === closed) this.letGo();
    else this.release();
    this.stop.abort();
    clearTimeout(this.timer);
    this.channel.onmessage = null;
    this.channel.close();
  }

  private hold(): void {
    clearTimeout(this.timer);
    this.heldAt = Date.now();
    this.claim(this.heldAt);
    const real = this.connect();
    this.real = real;
    real.onopen = (event) => {
      this.readyState = 1;
      this.channel.postMessage({ say: 'open' });
      this.onopen?.(event);
    };
    real.onerror = (event) => {
      this.readyState = real.readyState;
      this.channel.postMessage({ say: 'error' });
      this.onerror?.(event);
    };
    real.onmessage = (event) => {
      this.pass('message', event.data);
    };
    for (const name of named) {
      real.addEventListener(name, (event) => {
        this.pass(name, event.data);
      });
    }
  }

  private claim(at: number): void {
    this.channel.postMessage({ say: 'hold', at, by: this.by });
  }

  private holdAfter(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.hold();
    }, ms);
  }

  private hear(word: Word): void {
    const { heldAt } = this;
    switch (word.say) {
      case 'hold':
        clearTimeout(this.timer);
        if (heldAt === null) return;
        if (word.at > heldAt || (word.at === heldAt && word.by > this.by)) this.letGo();
        else this.claim(heldAt);
        return;
      case 'ask':
        if (heldAt !== null)
          this.channel.postMessage({ say: 'held', open: this.real?.readyState === 1, sync: this.sync });
        return;
    }
    if (heldAt !== null) return;
    clearTimeout(this.timer);
    switch (word.say) {
      case 'held':
        if (word.open) this.opened();
        if (word.sync !== null) this.tell('sync', word.sync);
        return;
      case 'free':
        this.holdAfter(document.hidden ? Math.random() * jumpWithinMs : 0);
        return;
      case 'open':
        this.opened();
        return;
      case 'error':
        // Whoever holds it sees to it that it comes back.
        this.readyState = 0;
        this.onerror?.(new Event('error'));
        return;
      case 'event':
        // It is heard, so it is open, also when that was said before anybody here listened.
        if (this.readyState !== 1) this.opened();
        this.tell(word.name, word.data);
    }
  }

  private opened(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  private pass(name: string, data: string): void {
    if (name === 'sync') this.sync = data;
    this.channel.postMessage({ say: 'event', name, data });
    this.tell(name, data);
  }

  private tell(name: string, data: string): void {
    const event = new MessageEvent(name, { data });
    if (name === 'message') this.onmessage?.(event);
    else this.listeners.get(name)?.(event);
  }

  private release(): void {
    const held = this.heldAt !== null;
    this.letGo();
    if (held) this.channel.postMessage({ say: 'free' });
  }

  private letGo(): void {
    this.heldAt = null;
    const { real } = this;
    this.real = null;
    if (!real) return;
    real.onopen = real.onerror = real.onmessage = null;
    real.close();
  }
}

/** A stream shared by all tabs where the browser can, else one of its own. */
export function openStream(path: string): EventStream {
  const connect = (): EventStream => new EventSource(path);
  if (typeof BroadcastChannel === 'undefined') return connect();
  // Several of us may live below one host.
  return new SharedStream(connect, new BroadcastChannel(new URL(path, document.baseURI).href));
}
