import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { BookmarkList } from '../bookmarks/BookmarkList';
import { bookmarks } from '../bookmarks/store';
import { Problem, Waiting } from '../ui/Problem';

/** All bookmarks of all shows. */
export function BookmarksPage(): JSX.Element {
  const search = useSignal('');
  useEffect(() => {
    document.title = 'Bookmarks · AudioRelay';
    void bookmarks.load();
  }, []);
  const state = bookmarks.state.value;
  const wanted = search.value.trim().toLowerCase();
  const found = bookmarks.all.value.filter((bookmark) =>
    `${bookmark.note} ${bookmark.show ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <main class="page page--narrow">
      <h1 class="page__title">Bookmarks</h1>
      <section class="card" aria-label="All bookmarks">
        {state.state === 'loading' && <Waiting what="Looking for bookmarks…" />}
        {state.state === 'failed' && (
          <Problem
            title="The bookmarks could not be loaded."
            message={state.message}
            onRetry={() => {
              bookmarks.again();
            }}
          />
        )}
        {state.state === 'ready' && state.data.length === 0 && (
          <p class="muted">
            None yet. While you listen to a show, press B or “Bookmark” and the moment is kept here, for every browser.
          </p>
        )}
        {state.state === 'ready' && state.data.length > 0 && (
          <>
            <input
              type="search"
              class="field field--wide"
              placeholder="Find in notes"
              aria-label="Find in notes"
              value={search.value}
              onInput={(event) => {
                search.value = event.currentTarget.value;
              }}
            />
            {found.length === 0 ? (
              <p class="muted">No note contains “{search.value}”.</p>
            ) : (
              <BookmarkList key={wanted} found={found} withShow />
            )}
          </>
        )}
      </section>
    </main>
  );
}
