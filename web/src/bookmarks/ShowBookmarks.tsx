import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ShowModel } from '../show/model';
import { Icon } from '../ui/icons';
import { Problem } from '../ui/Problem';
import { BookmarkList } from './BookmarkList';
import { bookmarks } from './store';

/** What has been marked in one show. */
export function ShowBookmarks({ model }: { model: ShowModel }): JSX.Element {
  useEffect(() => {
    void bookmarks.load();
  }, []);
  const state = bookmarks.state.value;
  const found = bookmarks.of(model.name);
  return (
    <section class="card" aria-label="Bookmarks">
      <header class="card__head">
        <h2>Bookmarks</h2>
        <button
          type="button"
          class="button button--quiet card__action"
          disabled={model.player.session.value === null}
          title="Bookmark what you hear (B)"
          onClick={() => {
            model.bookmarkHere();
          }}
        >
          <Icon name="bookmark" size={18} /> Add
        </button>
      </header>
      {state.state === 'failed' ? (
        <Problem
          title="The bookmarks could not be loaded."
          message={state.message}
          onRetry={() => {
            bookmarks.again();
          }}
        />
      ) : found.length === 0 && state.state === 'ready' ? (
        <p class="muted">None yet. While you listen, B keeps the moment.</p>
      ) : (
        <BookmarkList found={found} withShow={false} />
      )}
    </section>
  );
}
