import { computed, signal } from '@preact/signals';
import { messageOf } from '../api/client';
import type { FoundTitle, FoundTitles } from '../api/receiverApi';
import { failed, loading, ready, type Loadable } from '../ui/loadable';

export const shortestQuery = 2;
const debounceMs = 250;

export type FindTitles = (text: string, beforeUs: number | null) => Promise<FoundTitles>;

/** A search as it is typed, and its pages: the server finds, newest first, and is asked for older ones from where a page ended. */
export class TitleSearch {
  readonly text = signal('');
  /** Null while nothing is searched for. */
  readonly found = signal<Loadable<readonly FoundTitle[]> | null>(null);
  readonly page = signal(0);
  readonly more = signal(false);
  readonly unread = signal<readonly string[]>([]);
  readonly query = computed(() => this.text.value.trim());

  /** Where each page begins: before which time. */
  private starts: (number | null)[] = [null];
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly find: FindTitles) {}

  type(text: string): void {
    this.text.value = text;
    clearTimeout(this.timer);
    this.asked++;
    this.starts = [null];
    if (this.query.peek().length < shortestQuery) {
      this.found.value = null;
      return;
    }
    this.timer = setTimeout(() => {
      void this.load(0);
    }, debounceMs);
  }

  turn(by: 1 | -1): void {
    void this.load(this.page.peek() + by);
  }

  again(): void {
    this.found.value = loading;
    void this.load(this.page.peek());
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asked++;
  }

  private async load(page: number): Promise<void> {
    const before = this.starts[page];
    if (before === undefined) return;
    const question = ++this.asked;
    this.found.value ??= loading;
    try {
      const { titles, more, unread } = await this.find(this.query.peek(), before);
      if (question !== this.asked) return;
      const last = titles.at(-1);
      this.starts = [...this.starts.slice(0, page + 1), ...(more && last ? [last.utc_us] : [])];
      this.page.value = page;
      this.more.value = more;
      this.unread.value = unread ?? [];
      this.found.value = ready(titles);
    } catch (error) {
      if (question !== this.asked) return;
      this.page.value = page;
      this.found.value = failed(messageOf(error));
    }
  }
}
