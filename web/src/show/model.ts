import { computed, effect, signal } from '@preact/signals';
import { ApiError, messageOf } from '../api/client';
import type { EventHub } from '../api/hub';
import { ShowApi } from '../api/showApi';
import type { Mode, Session, ShowMetadata, Timeline, Title } from '../api/types';
import { Player } from '../player/player';
import { PositionStore } from '../player/positions';
import { dayBounds, dayOf } from '../time/days';
import { contains, intersect, type Span } from '../time/span';
import { neighbourTitle, titleIndexAt } from '../timeline/titles';
import { failed, loading, ready, type Loadable } from '../ui/loadable';
import { say } from '../ui/notice';
import { clampPage, pageSize } from '../ui/paging';
import {
  growingSession,
  mergeSessions,
  overlapping,
  replaceWithin,
  sessionAfter,
  sessionAt,
  sessionBefore,
  spanOf,
} from './sessions';

const refreshAtMostEveryMs = 4000;
/** Commits tell that a recording grows; that it does no longer nobody may tell: then it is asked. */
const askEveryMs = 60_000;
/** What retention takes away nobody tells either. */
const lookBackEveryMs = 600_000;
const dayMs = 86_400_000;
const slotMs = 6 * 3_600_000;
const firstSessions = 200;
const olderSessions = 1000;

/** What lies over the page: one thing at a time. */
export type ShowDialog =
  | { readonly kind: 'jump' }
  | { readonly kind: 'bookmark'; readonly atMs: number }
  | { readonly kind: 'share'; readonly session: Session };

/** Everything one show's page knows, and what it does about commits, days and the end of a session. */
export class ShowModel {
  readonly api: ShowApi;
  readonly player: Player;
  readonly metadata = signal<ShowMetadata | null>(null);
  readonly sessions = signal<Loadable<Session[]>>(loading);
  /** There is no show of this name here: the server said so. */
  readonly missing = signal(false);
  /** Every session there is has been told. */
  readonly complete = signal(false);
  readonly day = signal(dayOf(Date.now()));
  /** Which day it was when it was last looked at. */
  private today = this.day.peek();
  readonly dayTimeline = signal<Loadable<Timeline>>(loading);
  readonly sessionTimeline = signal<Timeline | null>(null);
  readonly dialog = signal<ShowDialog | null>(null);
  /** Which day the list of recordings is narrowed to; empty: all. */
  readonly listDay = signal('');
  readonly listPage = signal(0);
  readonly listed = computed(() => overlapping(this.known.value, dayBounds(this.listDay.value)));

  readonly known = computed(() => (this.sessions.value.state === 'ready' ? this.sessions.value.data : []));
  /** Nothing has been recorded yet. */
  readonly empty = computed(() => this.sessions.value.state === 'ready' && this.known.value.length === 0);
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

  /** A day and a half around what is heard, or is recorded now: a session may last for weeks. Moves in steps. */
  private readonly slot = computed(() => {
    const session = this.player.session.value;
    const growing = this.growing.value;
    return Math.floor((session ? this.player.positionMs.value : growing ? spanOf(growing).toMs : 0) / slotMs);
  });
  private readonly around = computed<Span>(() => ({
    fromMs: (this.slot.value - 3) * slotMs,
    toMs: (this.slot.value + 3) * slotMs,
  }));
  private readonly stops: (() => void)[] = [];
  private refreshTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly askTimer: ReturnType<typeof setInterval>;
  private readonly lookBackTimer: ReturnType<typeof setInterval>;
  /** What was listened to until its end, when nothing came after it yet. */
  private awaited: { session: Session; live: boolean } | null = null;
  private positions: PositionStore | null = null;
  private disposed = false;
  private titlesOf: number | null = null;

  /** Bookmarks are kept by the receiver. */
  readonly keepsBookmarks: boolean;

  constructor(
    mode: Mode,
    readonly name: string,
    hub: EventHub,
    /** Called when this show is about to sound. */
    private readonly onStart: (model: ShowModel) => void,
  ) {
    this.api = new ShowApi(mode, name);
    this.keepsBookmarks = mode === 'receiver';
    this.player = new Player(
      this.api.prefix,
      () => this.positions,
      (session, wasLive) => {
        this.advance(session, wasLive);
      },
    );
    this.askTimer = setInterval(() => {
      this.turnDay();
      if (this.growing.peek()) this.refreshSoon();
    }, askEveryMs);
    this.lookBackTimer = setInterval(() => {
      void this.lookBack();
    }, lookBackEveryMs);
    this.stops.push(
      hub.onCommit((commit) => {
        if (commit === null) this.player.reconnected();
        if (commit === null || commit.show === this.name) this.refreshSoon();
      }),
      effect(() => {
        const day = this.day.value;
        this.dayTimeline.value = loading;
        void this.loadDay(day);
      }),
      effect(() => {
        const session = this.player.session.value ?? this.growing.value;
        if (session) void this.loadSessionTimeline(session, this.around.value);
      }),
    );
  }

  /** The first look: metadata and all sessions; also what "Try again" does. */
  async load(): Promise<void> {
    this.sessions.value = loading;
    try {
      const [metadata, first] = await Promise.all([this.api.metadata(), this.api.sessions(firstSessions)]);
      this.missing.value = false;
      this.metadata.value = metadata;
      this.positions = new PositionStore(storageOrNothing(), metadata.unique_id);
      this.complete.value = !first.more;
      this.sessions.value = ready([...first.sessions]);
      if (first.more) void this.loadOlder(first.sessions.at(-1) ?? null);
    } catch (error) {
      this.missing.value = error instanceof ApiError && error.status === 404;
      this.sessions.value = failed(messageOf(error));
    }
  }

  /** The rest of a long history: the page is there already, and its list grows. */
  private async loadOlder(from: Session | null): Promise<void> {
    try {
      for (let last = from; last !== null && !this.disposed;) {
        const { sessions, more } = await this.api.sessions(olderSessions, last);
        this.sessions.value = ready(mergeSessions(this.known.peek(), sessions));
        last = more ? (sessions.at(-1) ?? null) : null;
      }
      this.complete.value = true;
    } catch {
      // What is missing from the list is still found by its time.
    }
  }

  /** The session that was listened to last, with its place, if it is still kept. */
  lastListened(): { session: Session; atMs: number } | null {
    const id = this.positions?.lastSession() ?? null;
    const session = this.known.value.find((candidate) => candidate.section_id === id);
    const seconds = session ? (this.positions?.place(session) ?? null) : null;
    return session && seconds !== null ? { session, atMs: session.timestamp_ms + seconds * 1000 } : null;
  }

  savedPosition(session: Session): number | null {
    return this.positions?.place(session) ?? null;
  }

  playSession(session: Session, options: { atMs?: number; live?: boolean } = {}): void {
    this.awaited = null;
    this.onStart(this);
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
    const oldest = this.known.value.at(-1);
    if (this.complete.value || (oldest && ms >= oldest.timestamp_ms))
      this.playFrom(sessionAt(this.known.value, ms), ms);
    else {
      this.api.sessionFrom(ms).then(
        (session) => {
          this.playFrom(session, ms);
        },
        (error: unknown) => {
          say(messageOf(error));
        },
      );
    }
  }

  private playFrom(session: Session | null, ms: number): void {
    if (!session) {
      say('Nothing was recorded then, nor after it.');
      return;
    }
    if (session.timestamp_ms - ms > 1000) say('Nothing was recorded then. This is what came next.');
    this.playSession(session, { atMs: Math.max(ms, session.timestamp_ms) });
  }

  /** The next title or the one before; where there are none, the next recording or the one before. */
  stepTitle(by: 1 | -1): void {
    const session = this.player.session.value;
    if (!session) return;
    const title = neighbourTitle(this.titles.value, this.player.positionMs.value, by);
    if (title) this.player.seek(title.timestamp_ms);
    else if (this.titles.value.length === 0) {
      const other = by > 0 ? sessionAfter(this.known.value, session) : sessionBefore(this.known.value, session);
      if (other) this.playSession(other, { atMs: other.timestamp_ms });
    }
  }

  narrowList(day: string): void {
    this.listDay.value = day;
    this.listPage.value = 0;
    const bounds = dayBounds(day);
    if (!bounds) return;
    this.day.value = day;
    if (this.complete.peek()) return;
    this.api.sessionsIn(bounds).then(
      (sessions) => {
        this.sessions.value = ready(replaceWithin(this.known.peek(), sessions, bounds));
      },
      (error: unknown) => {
        say(messageOf(error));
      },
    );
  }

  /** Turns the list of recordings to the page that holds this one. */
  showInList(session: Session): void {
    this.listDay.value = '';
    const index = this.known.value.findIndex((candidate) => candidate.section_id === session.section_id);
    this.listPage.value = clampPage(Math.floor(index / pageSize), this.known.value.length);
  }

  /** The moment to remember: what is heard, or what is recorded, now. */
  bookmarkHere(): void {
    if (this.player.session.value) this.dialog.value = { kind: 'bookmark', atMs: this.player.positionMs.value };
    else say('Play something first: a bookmark remembers what you hear.');
  }

  retryDay(): void {
    this.dayTimeline.value = loading;
    void this.loadDay(this.day.value);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.refreshTimer);
    clearInterval(this.askTimer);
    clearInterval(this.lookBackTimer);
    for (const stop of this.stops) stop();
    this.player.dispose();
  }

  private advance(session: Session, wasLive: boolean): void {
    const next = sessionAfter(this.known.value, session);
    if (!next) {
      this.awaited = { session, live: wasLive };
      say('That was the newest recording. What comes next follows by itself.');
      return;
    }
    say('On to the next recording.');
    this.playSession(next, wasLive && !next.ended ? { live: true } : { atMs: next.timestamp_ms });
  }

  /** Plays on when what was waited for has come, unless the listener has done something else meanwhile. */
  private goOn(): void {
    const { awaited } = this;
    if (!awaited || this.player.session.peek()?.section_id !== awaited.session.section_id) return;
    if (this.player.status.peek() !== 'paused') return;
    const { session, live } = awaited;
    const now = this.known.peek().find((candidate) => candidate.section_id === session.section_id);
    // A recording that nobody added to for a while counts as ended; it goes on when the way to its recorder is open again.
    if (now && (now.duration_ms > session.duration_ms || (session.ended && !now.ended))) {
      this.awaited = null;
      say('The recording goes on.');
      this.onStart(this);
      this.player.open(now, { atMs: this.player.positionMs.peek(), live: live && !now.ended, play: true });
    } else if (sessionAfter(this.known.peek(), session)) {
      this.awaited = null;
      this.advance(session, live);
    }
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
      const span = { fromMs: Math.min(oldest, Date.now() - dayMs), toMs: Date.now() + dayMs };
      const recent = await this.api.sessionsIn(span);
      const merged = replaceWithin(this.known.peek(), recent, span);
      this.sessions.value = ready(merged);
      const open = merged.find((session) => session.section_id === this.player.session.peek()?.section_id);
      if (open) this.player.update(open);
      this.goOn();
      this.turnDay();
      if (this.day.peek() === this.today) await this.loadDay(this.day.peek());
    } catch {
      // The next commit asks again; what is on the page stays true.
    }
  }

  /** A page may stay open for weeks: what has been removed meanwhile, oldest first, is offered no longer. */
  private async lookBack(): Promise<void> {
    if (this.sessions.peek().state !== 'ready') return;
    try {
      const oldest = await this.api.sessionFrom(0);
      const span = { fromMs: 0, toMs: oldest ? spanOf(oldest).toMs : Date.now() };
      this.sessions.value = ready(replaceWithin(this.known.peek(), oldest ? [oldest] : [], span));
    } catch {
      // The next time will do.
    }
  }

  /** Who looks at today still does so after midnight; who looks at another day stays there. */
  private turnDay(): void {
    const today = dayOf(Date.now());
    if (this.day.peek() === this.today) this.day.value = today;
    this.today = today;
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

  private async loadSessionTimeline(session: Session, around: Span): Promise<void> {
    if (this.titlesOf !== session.section_id) this.sessionTimeline.value = null;
    this.titlesOf = session.section_id;
    const span = spanOf(session);
    // A little beyond what is known of a growing one, for the title that has just begun.
    const part = intersect(session.ended ? span : { ...span, toMs: span.toMs + 60_000 }, around);
    if (!part) return;
    try {
      const timeline = await this.api.timeline(part.fromMs, part.toMs);
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
