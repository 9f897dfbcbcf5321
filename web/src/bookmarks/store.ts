import { computed, signal } from '@preact/signals';
import { messageOf } from '../api/client';
import { addBookmark, changeBookmark, listBookmarks, removeBookmark, type Bookmark } from '../api/receiverApi';
import { failed, loading, ready, type Loadable } from '../ui/loadable';
import { say } from '../ui/notice';

/** All bookmarks, as the receiver keeps them, newest first. */
class BookmarkStore {
  readonly state = signal<Loadable<readonly Bookmark[]>>(loading);
  readonly all = computed(() => (this.state.value.state === 'ready' ? this.state.value.data : []));

  async load(): Promise<void> {
    try {
      this.state.value = ready(await listBookmarks());
    } catch (error) {
      if (this.state.peek().state !== 'ready') this.state.value = failed(messageOf(error));
    }
  }

  again(): void {
    this.state.value = loading;
    void this.load();
  }

  forget(): void {
    this.state.value = loading;
  }

  of(show: string): readonly Bookmark[] {
    return this.all.value.filter((bookmark) => bookmark.show === show);
  }

  /** Fails with what to say. */
  async add(show: string, fromUs: number, untilUs: number | null, note: string): Promise<void> {
    const added = await addBookmark(show, fromUs, untilUs, note);
    this.state.value = ready([added, ...this.all.peek()]);
  }

  async change(bookmark: Bookmark, note: string): Promise<void> {
    const changed = await changeBookmark(bookmark.id, note);
    this.state.value = ready(this.all.peek().map((known) => (known.id === changed.id ? changed : known)));
  }

  /** Deletes at once and offers to take it back, instead of asking beforehand. */
  async remove(bookmark: Bookmark): Promise<void> {
    try {
      await removeBookmark(bookmark.id);
    } catch (error) {
      say(messageOf(error));
      return;
    }
    this.state.value = ready(this.all.peek().filter((known) => known.id !== bookmark.id));
    const { show } = bookmark;
    if (show === null) say('Bookmark deleted.');
    else
      say('Bookmark deleted.', {
        label: 'Undo',
        run: () => {
          this.add(show, bookmark.from_us, bookmark.until_us, bookmark.note).catch((error: unknown) => {
            say(messageOf(error));
          });
        },
      });
  }
}

export const bookmarks = new BookmarkStore();
