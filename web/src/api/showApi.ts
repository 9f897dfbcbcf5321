import { getJson, sendJson } from './client';
import { showPrefix } from './paths';
import { learnServerTime } from './serverClock';
import type { Span } from '../time/span';
import type { Mode, Session, SessionPage, ShowMetadata, Timeline } from './types';

/** One show's endpoints. */
export class ShowApi {
  readonly prefix: string;

  constructor(mode: Mode, name: string) {
    this.prefix = showPrefix(mode, name);
  }

  metadata(): Promise<ShowMetadata> {
    return getJson<ShowMetadata>(`${this.prefix}metadata`);
  }

  /** Sessions, newest first, a page at a time: the first, or what comes after the last one of the page before. */
  sessions(limit: number, after: Session | null = null): Promise<SessionPage> {
    const from = after === null ? '' : `&after=${after.section_id}`;
    return getJson<SessionPage>(`${this.prefix}sessions?sort_desc=true&limit=${limit}${from}`);
  }

  /** The sessions that overlap a stretch of time. */
  async sessionsIn(span: Span): Promise<readonly Session[]> {
    const times = `start_ts=${Math.floor(span.fromMs)}&end_ts=${Math.ceil(span.toMs)}`;
    return (await getJson<SessionPage>(`${this.prefix}sessions?sort_desc=true&${times}`)).sessions;
  }

  /** The session that holds an instant, or the first after it. */
  async sessionFrom(ms: number): Promise<Session | null> {
    const answer = await getJson<SessionPage>(`${this.prefix}sessions?start_ts=${Math.floor(ms)}&limit=1`);
    return answer.sessions[0] ?? null;
  }

  async timeline(fromMs: number, toMs: number): Promise<Timeline> {
    const sentMs = Date.now();
    const span = `from_ms=${Math.floor(fromMs)}&to_ms=${Math.ceil(toMs)}`;
    const timeline = await getJson<Timeline>(`${this.prefix}timeline?${span}`);
    if (timeline.live) learnServerTime(timeline.live.now_us / 1000, sentMs, Date.now());
    return timeline;
  }

  /** What goes before a playlist's name, in place of `prefix`, for players that cannot sign in. */
  async link(): Promise<{ prefix: string; expiresMs: number }> {
    const answer = await sendJson<{ url_prefix: string; expires_us: number }>('POST', `${this.prefix}link`);
    return { prefix: relativeLink(answer.url_prefix), expiresMs: answer.expires_us / 1000 };
  }
}

/** `/base/t/TOKEN/show/news/` as `t/TOKEN/show/news/`: a proxy may have put the page where the server does not know of. */
export function relativeLink(prefix: string): string {
  const link = /(?:^|\/)(t\/[^/]+\/.*)$/.exec(prefix)?.[1] ?? prefix.replace(/^\/+/, '');
  return link.endsWith('/') ? link : `${link}/`;
}
