import type { Session } from '../api/types';

/** Who was so near to the end of a recording has heard it. */
const atEndS = 3;

/** The part of localStorage that is used. */
export interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Where the listener was, per session, in seconds from its start; kept under the keys of the predecessor's player, so that its
 * positions are still there. A browser that forbids storage costs the memory, not the playback.
 */
export class PositionStore {
  constructor(
    private readonly storage: KeyValues,
    private readonly storeId: string,
  ) {}

  position(sectionId: number): number | null {
    const seconds = Number.parseFloat(this.read(`${this.storeId}_position_${sectionId}`) ?? '');
    return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
  }

  /** Where to go on listening to a session; null when there is no such place, or it has ended there. */
  place(session: Session): number | null {
    const seconds = this.position(session.section_id);
    const atEnd = session.ended && seconds !== null && seconds > session.duration_ms / 1000 - atEndS;
    return atEnd ? null : seconds;
  }

  save(sectionId: number, seconds: number): void {
    if (!Number.isFinite(seconds) || seconds < 0) return;
    this.write(`${this.storeId}_position_${sectionId}`, seconds.toFixed(1));
    this.write(`${this.storeId}_lastSession`, String(sectionId));
  }

  lastSession(): number | null {
    const id = Number.parseInt(this.read(`${this.storeId}_lastSession`) ?? '', 10);
    return Number.isSafeInteger(id) ? id : null;
  }

  private read(key: string): string | null {
    try {
      return this.storage.getItem(key);
    } catch {
      return null;
    }
  }

  private write(key: string, value: string): void {
    try {
      this.storage.setItem(key, value);
    } catch {
      // Full or forbidden.
    }
  }
}
