import { computed, effect, signal } from '@preact/signals';
import { messageOf } from '../api/client';
import { ShowApi } from '../api/showApi';
import type { Mode, Session, ShowMetadata, Timeline, Title } from '../api/types';
import { Player } from '../player/player';
import { PositionStore } from '../player/positions';
import { dayBounds, dayOf } from '../time/days';
import { contains } from '../time/span';
import { neighbourTitle, titleIndexAt } from '../timeline/titles';
import { failed, loading, ready, type Loadable } from '../ui/loadable';
import { growingSession, mergeSessions, sessionAfter, sessionAt, spanOf } from './sessions';

const refreshAtMostEveryMs = 4000;
const dayMs = 86_400_000;

/** Everything one show's page knows, and what it does about commits, days and the end of a session. */
export class ShowModel {
  readonly api: ShowApi;
  readonly player: Player;
  readonly metadata = signal<ShowMetadata | null>(null);
  readonly sessions = signal<Loadable<Session[]>>(loading);
  readonly day = signal(dayOf(Date.now()));
  readonly dayTimeline = signal<Loadable<Timeline>>(loading);
  readonly sessionTimeline = signal<Timeline | null>(null);
  readonly connection = signal<'connecting' | 'open' | 'lost'>('connecting');
  readonly notice = signal<string | null>(null);

  readonly known = computed(() => (this.sessions.value.state === 'ready' ? this.sessions.value.data : []));
  readonly growing = computed(() => growingSession(this.known.value));
  readonly titles = computed<readonly Title[]>(() => {
    const id = this.player.session.value?.section_id ?? this.growing.value?.section_id;
    return (this.sessionTimeline.value?.titles ?? []).filter((title) => title.section_id === id);
  });
  readonly titleIndex = computed(() => {
    const at = this.player.session.value ? this.player.positionMs.value : Number.MAX_SAFE_INTEGER;
    return titleIndexAt(this.titles.value, at);
  });
  readonly title = computed(() => this.titles.value[this.titleIndex.value]?.text ?? null);

  private readonly events: EventSource;
  private readonly stops: (() => void)[] = [];
  private refreshTimer: ReturnType<typeof setTimeout> | undefined;
  private noticeTimer: ReturnType<typeof setTimeout> | undefined;
  private positions: PositionStore | null = null;
  private titlesOf: number | null = null;

  constructor(
    mode: Mode,
    readonly name: string,
  ) {
    this.api = new ShowApi(mode, name);
    this.player = new Player(
      this.api.prefix,
      () => this.positions,
      (session) => {
        this.advance(session);
      },
    );
    this.events = new EventSource(`${this.api.prefix}events`);
    this.events.onopen = () => {
      if (this.connection.peek() === 'lost') this.refreshSoon();
      this.connection.value = 'open';
    };
    this.events.onerror = () => {
      this.connection.value = 'lost';
    };
    this.events.onmessage = () => {
      this.refreshSoon();
    };
    this.stops.push(
      effect(() => {
        const day = this.day.value;
        this.dayTimeline.value = loading;
        void this.loadDay(day);
      }),
      effect(() => {
        const session = this.player.session.value ?? this.growing.value;
        if (session) void this.loadSessionTimeline(session);
      }),
    );
  }

  /** The first look: metadata and all sessions; also what "Try again" does. */
  async load(): Promise<void> {
    this.sessions.value = loading;
    try {
      const [metadata, sessions] = await Promise.all([this.api.metadata(), this.api.sessions()]);
      this.metadata.value = metadata;
      this.positions = new PositionStore(storageOrNothing(), metadata.unique_id);
      this.sessions.value = ready(sessions);
    } catch (error) {
      this.sessions.value = failed(messageOf(error));
    }
  }

  /** The session that was listened to last, with its place, if it is still kept. */
  lastListened(): { session: Session; atMs: number } | null {
    const id = this.positions?.lastSession() ?? null;
    const session = this.known.value.find((candidate) => candidate.section_id === id);
    const seconds = session ? (this.positions?.position(session.section_id) ?? null) : null;
    return session && seconds !== null ? { session, atMs: session.timestamp_ms + seconds * 1000 } : null;
  }

  savedPosition(session: Session): number | null {
    return this.positions?.position(session.section_id) ?? null;
  }

  playSession(session: Session, options: { atMs?: number; live?: boolean } = {}): void {
    this.day.value = dayOf(options.live ? Date.now() : (options.atMs ?? session.timestamp_ms));
    if (options.live && this.player.session.value?.section_id === session.section_id) this.player.goLive();
    else this.player.open(session, { ...options, play: true });
  }

  playLive(): void {
    const session = this.growing.value;
    if (session) this.playSession(session, { live: true });
  }

  /** Plays from a wall time on: within the open session a seek, elsewhere another session. */
  playAt(ms: number): void {
    const open = this.player.session.value;
    if (open && contains({ fromMs: this.player.startMs.value, toMs: this.player.endMs.value }, ms)) {
      this.player.seek(ms);
      this.player.play();
      return;
    }
    const session = sessionAt(this.known.value, ms);
    if (session) this.playSession(session, { atMs: Math.max(ms, session.timestamp_ms) });
    else this.say('Nothing was recorded there.');
  }

  stepTitle(by: 1 | -1): void {
    const title = neighbourTitle(this.titles.value, this.player.positionMs.value, by);
    if (title && this.player.session.value) this.player.seek(title.timestamp_ms);
  }

  say(text: string): void {
    this.notice.value = text;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => {
      this.notice.value = null;
    }, 4000);
  }

  retryDay(): void {
    this.dayTimeline.value = loading;
    void this.loadDay(this.day.value);
  }

  dispose(): void {
    this.events.close();
    clearTimeout(this.refreshTimer);
    clearTimeout(this.noticeTimer);
    for (const stop of this.stops) stop();
    this.player.dispose();
  }

  private advance(session: Session): void {
    const next = sessionAfter(this.known.value, session);
    if (!next) {
      this.say('That was the newest recording.');
      return;
    }
    this.say('On to the next recording.');
    this.playSession(next, { atMs: next.timestamp_ms });
  }

  private refreshSoon(): void {
    this.refreshTimer ??= setTimeout(() => {
      this.refreshTimer = undefined;
      void this.refresh();
    }, refreshAtMostEveryMs);
  }

  private async refresh(): Promise<void> {
    if (this.sessions.peek().state !== 'ready') {
      await this.load();
      return;
    }
    try {
      const oldest = this.growing.peek()?.timestamp_ms ?? Date.now();
      const recent = await this.api.sessions({
        fromMs: Math.min(oldest, Date.now() - dayMs),
        toMs: Date.now() + dayMs,
      });
      const merged = mergeSessions(this.known.peek(), recent);
      this.sessions.value = ready(merged);
      const open = merged.find((session) => session.section_id === this.player.session.peek()?.section_id);
      if (open) this.player.update(open);
      if (this.day.peek() === dayOf(Date.now())) await this.loadDay(this.day.peek());
    } catch {
      // The next commit asks again; what is on the page stays true.
    }
  }

  private async loadDay(day: string): Promise<void> {
    const bounds = dayBounds(day);
    if (!bounds) return;
    try {
      const timeline = await this.api.timeline(bounds.fromMs, bounds.toMs);
      if (this.day.peek() === day) this.dayTimeline.value = ready(timeline);
    } catch (error) {
      if (this.day.peek() === day && this.dayTimeline.peek().state !== 'ready')
        this.dayTimeline.value = failed(messageOf(error));
    }
  }

  private async loadSessionTimeline(session: Session): Promise<void> {
    if (this.titlesOf !== session.section_id) this.sessionTimeline.value = null;
    this.titlesOf = session.section_id;
    const span = spanOf(session);
    try {
      // A little beyond what is known of a growing one, for the title that has just begun.
      const timeline = await this.api.timeline(span.fromMs, session.ended ? span.toMs : span.toMs + 60_000);
      if (this.titlesOf === session.section_id) this.sessionTimeline.value = timeline;
    } catch {
      // Without titles it still plays.
    }
  }
}

/** Some browsers throw at the mere mention of localStorage. */
function storageOrNothing(): Storage {
  try {
    return localStorage;
  } catch {
    return sessionStorage;
  }
}
