import { computed, signal } from '@preact/signals';
import { growsInPlace, livePlaylist, playlistAround } from '../api/paths';
import { serverNow } from '../api/serverClock';
import type { Session } from '../api/types';
import { clamp } from '../time/span';
import { Chokes } from './chokes';
import { realDelayMs } from './delay';
import { stillLiveMs } from './liveDistance';
import { MediaClock } from './mediaClock';
import type { PositionStore } from './positions';
import { retryDelayMs } from './retry';
import { hlsSource, loadHls, nativeSource, type Source, type SourceEvents } from './source';
import { nextSpeed } from './speeds';

export type Status = 'idle' | 'loading' | 'playing' | 'paused' | 'waiting' | 'retrying' | 'failed';

const saveEveryMs = 5000;

/**
 * One show's player. Everything it says is in wall time: where the listener is, where the session begins and ends; the
 * media element's own clock stays inside.
 */
export class Player {
  readonly session = signal<Session | null>(null);
  readonly status = signal<Status>('idle');
  readonly positionMs = signal(0);
  readonly trouble = signal<string | null>(null);
  readonly retryAtMs = signal<number | null>(null);
  readonly rate = signal(1);
  readonly volume = signal(1);
  readonly muted = signal(false);

  private readonly clock = signal(new MediaClock([]));
  private readonly targetSeconds = signal(6);
  private readonly audio = new Audio();
  private source: Source | null = null;
  private sourceIsLive = false;
  private sourceIsWhole = true;
  /** Where the session ended when its list was opened. */
  private openedEndMs = 0;
  private wanted = false;
  /** The listener was at the newest sound when it was last looked at. */
  private following = false;
  private pendingMs: number | null = null;
  private attempt = 0;
  private readonly chokes = new Chokes();
  private generation = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly saveTimer: ReturnType<typeof setInterval>;
  private readonly listeners = new AbortController();

  readonly startMs = computed(() => this.session.value?.timestamp_ms ?? 0);
  readonly endMs = computed(() => {
    const session = this.session.value;
    if (!session) return 0;
    return Math.max(session.timestamp_ms + session.duration_ms, this.clock.value.endMs);
  });
  readonly growing = computed(() => this.session.value?.ended === false);
  /** How far behind the newest sound the listener is; null when the session has ended. */
  readonly behindMs = computed(() =>
    this.growing.value ? Math.max(0, this.endMs.value - this.positionMs.value) : null,
  );
  readonly live = computed(() => {
    const behind = this.behindMs.value;
    return behind !== null && behind < stillLiveMs(this.targetSeconds.value);
  });
  /** How old the sound is that is heard now; null when the session has ended. */
  readonly delayMs = computed(() => {
    const behind = this.behindMs.value;
    return behind === null ? null : realDelayMs(behind, serverNow() - this.positionMs.value);
  });
  readonly playing = computed(() => this.status.value === 'playing' || this.status.value === 'waiting');

  constructor(
    private readonly prefix: string,
    private readonly positions: () => PositionStore | null,
    private readonly onEnded: (session: Session, wasLive: boolean) => void,
  ) {
    this.audio.preload = 'auto';
    const on = (name: keyof HTMLMediaElementEventMap, handler: () => void): void => {
      this.audio.addEventListener(name, handler, { signal: this.listeners.signal });
    };
    on('timeupdate', () => {
      this.tick();
    });
    on('seeked', () => {
      this.tick();
    });
    on('playing', () => {
      this.status.value = 'playing';
      // At once: what was assumed while it was opened is not where the sound is.
      this.tick();
    });
    on('waiting', () => {
      if (this.status.value === 'playing') this.status.value = 'waiting';
    });
    on('pause', () => {
      if (this.playing.value) this.status.value = 'paused';
      this.save();
    });
    on('ended', () => {
      this.reachedEnd();
    });
    on('ratechange', () => {
      this.rate.value = this.audio.playbackRate;
    });
    on('volumechange', () => {
      this.volume.value = this.audio.volume;
      this.muted.value = this.audio.muted;
    });
    this.saveTimer = setInterval(() => {
      if (this.status.value === 'playing') this.save();
    }, saveEveryMs);
    window.addEventListener(
      'pagehide',
      () => {
        this.save();
      },
      { signal: this.listeners.signal },
    );
  }

  /** Opens a session at a wall time; without one, where the listener last was, else at its start (live: at the newest). */
  open(session: Session, options: { atMs?: number; live?: boolean; play: boolean }): void {
    this.save();
    const atMs = options.atMs ?? session.timestamp_ms + (this.positions()?.place(session) ?? 0) * 1000;
    this.session.value = session;
    this.attempt = 0;
    this.chokes.clear();
    void this.connect(options.live === true ? 'live' : atMs, options.play);
  }

  /** Newer facts about the session that is open: it has grown, or ended. */
  update(session: Session): void {
    if (this.session.peek()?.section_id !== session.section_id) return;
    this.session.value = session;
    // The list says so only a while later, and until then the player would wait at the end for more.
    const atEnd = this.endMs.peek() - this.positionMs.peek() < 1500;
    if (session.ended && this.status.peek() === 'waiting' && atEnd) this.reachedEnd();
  }

  /** The way to the server is open again: whatever waits for its next try need not. */
  reconnected(): void {
    const status = this.status.peek();
    if (this.wanted && (status === 'retrying' || status === 'failed')) this.play();
  }

  toggle(): void {
    if (this.playing.value) this.pause();
    else this.play();
  }

  play(): void {
    this.wanted = true;
    const status = this.status.value;
    if (status === 'failed' || status === 'retrying') {
      this.attempt = 0;
      void this.connect(this.positionMs.value, true);
      return;
    }
    this.audio.play().catch((error: unknown) => {
      // What is wrong with the source is said already, and tried again.
      if (this.status.value === 'retrying' || this.status.value === 'failed') return;
      // The browser wants a click first, or the source was replaced meanwhile: both leave the button to press.
      if (this.status.value !== 'loading' || (error instanceof DOMException && error.name === 'NotAllowedError'))
        this.status.value = 'paused';
    });
  }

  pause(): void {
    this.wanted = false;
    this.audio.pause();
    if (this.status.value === 'loading') this.status.value = 'paused';
  }

  skip(seconds: number): void {
    this.seek(this.positionMs.value + seconds * 1000);
  }

  /** Goes to a wall time within the open session. */
  seek(ms: number): void {
    const session = this.session.value;
    if (!session) return;
    const target = clamp(ms, this.startMs.value, this.endMs.value);
    const clock = this.clock.value;
    this.positionMs.value = target;
    const covered = !clock.empty && target >= clock.startMs - 500 && target <= clock.endMs + 500;
    if (covered) this.audio.currentTime = clock.mediaAt(Math.min(target, clock.endMs - 250));
    // A list of the session that is on its way will have it; a live window may not.
    else if (clock.empty && this.status.value === 'loading' && !this.sourceIsLive) this.pendingMs = target;
    else void this.connect(target, this.wanted);
    this.save();
  }

  goLive(): void {
    const session = this.session.value;
    if (session?.ended !== false) return;
    const position = this.source?.livePosition() ?? null;
    if (position !== null && (this.sourceIsLive || growsInPlace(session))) {
      this.audio.currentTime = position;
      this.play();
    } else {
      void this.connect('live', true);
    }
  }

  setRate(rate: number): void {
    this.audio.defaultPlaybackRate = rate;
    this.audio.playbackRate = rate;
  }

  stepRate(by: 1 | -1): void {
    this.setRate(nextSpeed(this.rate.value, by));
  }

  setVolume(volume: number): void {
    this.audio.volume = Math.round(clamp(volume, 0, 1) * 100) / 100;
    if (volume > 0) this.audio.muted = false;
  }

  toggleMute(): void {
    this.audio.muted = !this.audio.muted;
  }

  dispose(): void {
    this.save();
    this.generation++;
    clearInterval(this.saveTimer);
    clearTimeout(this.retryTimer);
    this.source?.close();
    this.source = null;
    this.audio.pause();
    this.listeners.abort();
  }

  private async connect(at: number | 'live', play: boolean): Promise<void> {
    const session = this.session.value;
    if (!session) return;
    const generation = ++this.generation;
    clearTimeout(this.retryTimer);
    this.source?.close();
    this.source = null;
    this.clock.value = new MediaClock([]);
    this.wanted = play;
    this.status.value = 'loading';
    this.trouble.value = null;
    this.retryAtMs.value = null;
    this.pendingMs = at === 'live' ? null : at;
    this.positionMs.value = at === 'live' ? this.endMs.value : at;
    this.sourceIsLive = at === 'live' && !growsInPlace(session);
    const list = playlistAround(this.prefix, session, at === 'live' ? session.timestamp_ms : at);
    this.sourceIsWhole = list.whole;
    this.openedEndMs = session.timestamp_ms + session.duration_ms;
    const url = this.sourceIsLive ? livePlaylist(this.prefix, session.codec) : list.url;
    const startS = at === 'live' ? -1 : Math.max(0, (at - list.fromMs) / 1000);
    const guarded = this.eventsOf(generation);

    let hlsClass;
    try {
      hlsClass = await loadHls();
    } catch {
      guarded.onTrouble('The player could not be loaded.');
      return;
    }
    if (generation !== this.generation) return;
    if (hlsClass.isSupported()) this.source = hlsSource(hlsClass, this.audio, url, startS, guarded);
    else if (this.audio.canPlayType('application/vnd.apple.mpegurl') !== '')
      this.source = nativeSource(this.audio, url, list.fromMs, guarded);
    else {
      this.fail('This browser cannot play HLS.');
      return;
    }
    if (play) this.play();
  }

  /** The source's events, deaf once another source has taken its place. */
  private eventsOf(generation: number): SourceEvents {
    return {
      onClock: (clock, targetSeconds) => {
        if (generation !== this.generation) return;
        this.clock.value = clock;
        this.targetSeconds.value = targetSeconds;
        if (this.pendingMs !== null && !clock.empty) {
          const exact = clock.mediaAt(Math.min(this.pendingMs, clock.endMs - 500));
          this.pendingMs = null;
          if (Math.abs(exact - this.audio.currentTime) > 0.3) this.audio.currentTime = exact;
        }
        if (!this.wanted && this.status.value === 'loading') this.status.value = 'paused';
      },
      onSound: () => {
        // After a decoder has choked, fetching says nothing: it has to be heard.
        if (generation !== this.generation || !this.chokes.none) return;
        this.attempt = 0;
        this.trouble.value = null;
        this.retryAtMs.value = null;
        if (this.status.value === 'retrying') this.status.value = this.audio.paused ? 'paused' : 'playing';
      },
      onChoke: () => this.chokes.add(),
      onTrouble: (message) => {
        if (generation === this.generation) this.retryLater(message);
      },
      onEnd: (message) => {
        if (generation !== this.generation) return;
        this.source = null;
        this.retryLater(message);
      },
    };
  }

  private retryLater(message: string): void {
    const delay = retryDelayMs(this.attempt++);
    if (delay === null) {
      this.fail(message);
      return;
    }
    this.trouble.value = message;
    this.retryAtMs.value = Date.now() + delay;
    this.status.value = 'retrying';
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => {
      this.retryAtMs.value = null;
      if (this.source) this.source.revive();
      else void this.connect(this.positionMs.value, this.wanted);
    }, delay);
  }

  private fail(message: string): void {
    this.trouble.value = message;
    this.retryAtMs.value = null;
    this.status.value = 'failed';
  }

  private tick(): void {
    if (this.clock.value.empty || this.pendingMs !== null || this.status.value === 'loading') return;
    this.positionMs.value = this.clock.value.wallAt(this.audio.currentTime);
    if (this.growing.value) this.following = this.live.value;
    if (this.status.value === 'playing' && this.chokes.heard(this.audio.currentTime)) {
      this.attempt = 0;
      this.trouble.value = null;
    }
  }

  private reachedEnd(): void {
    const session = this.session.value;
    if (!session) return;
    this.status.value = 'paused';
    // What was played was a fixed list of a session that went on, or a piece of a very long one.
    const wentOn = session.timestamp_ms + session.duration_ms > this.openedEndMs;
    const isPart = !this.sourceIsWhole || (!session.ended && !growsInPlace(session)) || wentOn;
    if (isPart && this.endMs.value - this.positionMs.value > 2000) void this.connect(this.positionMs.value, true);
    else if (!session.ended && !growsInPlace(session) && !this.sourceIsLive) this.goLive();
    else {
      // Also what nobody ended and nobody adds to any more: its list is finished, or it would not have come to an end. The place is kept:
      // such a recording may go on after all.
      this.onEnded(session, this.following);
    }
  }

  private save(): void {
    const session = this.session.peek();
    if (!session || this.clock.peek().empty) return;
    this.positions()?.save(session.section_id, (this.positionMs.peek() - session.timestamp_ms) / 1000);
  }
}
