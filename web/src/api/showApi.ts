import { getJson, sendJson } from './client';
import { showPrefix } from './paths';
import type { Mode, Session, ShowMetadata, Timeline } from './types';

/** One show's endpoints. */
export class ShowApi {
  readonly prefix: string;

  constructor(mode: Mode, name: string) {
    this.prefix = showPrefix(mode, name);
  }

  metadata(): Promise<ShowMetadata> {
    return getJson<ShowMetadata>(`${this.prefix}metadata`);
  }

  async sessions(range?: { fromMs: number; toMs: number }): Promise<Session[]> {
    const filter = range ? `&start_ts=${range.fromMs}&end_ts=${range.toMs}` : '';
    const answer = await getJson<{ sessions: Session[] }>(`${this.prefix}sessions?sort_desc=true${filter}`);
    return answer.sessions;
  }

  timeline(fromMs: number, toMs: number): Promise<Timeline> {
    return getJson<Timeline>(`${this.prefix}timeline?from_ms=${Math.floor(fromMs)}&to_ms=${Math.ceil(toMs)}`);
  }

  /** An address prefix that opens this show without signing in, for players that cannot; below the page's own address. */
  async link(): Promise<{ prefix: string; expiresMs: number }> {
    const answer = await sendJson<{ url_prefix: string; expires_us: number }>('POST', `${this.prefix}link`);
    return { prefix: relativePrefix(answer.url_prefix), expiresMs: answer.expires_us / 1000 };
  }
}

/** `/t/TOKEN` or `/t/TOKEN/` as `t/TOKEN/`: behind a proxy the page may lie deeper than the server knows. */
export function relativePrefix(prefix: string): string {
  return `${prefix.replace(/^\/+/, '').replace(/\/+$/, '')}/`;
}
