import { getJson } from './client';
import { showPrefix } from './paths';
import type { Estimate, Mode, Session, ShowMetadata, Timeline } from './types';

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

  estimate(sectionId: number, timestampMs: number): Promise<Estimate> {
    const at = Math.round(timestampMs);
    return getJson<Estimate>(`${this.prefix}session/${sectionId}/estimate_segment?timestamp_ms=${at}`);
  }
}
