import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { findTitles } from '../api/receiverApi';
import { TitleResults } from '../search/TitleResults';
import { TitleSearch } from '../search/titleSearch';
import { pageSize } from '../ui/paging';
import { route, searchHash } from '../ui/route';

/** Titles of all shows. What is searched for stands in the address, so that going back finds it again. */
export function SearchPage(): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const search = useMemo(() => new TitleSearch((text, before) => findTitles('api/', text, pageSize, before)), []);
  useEffect(() => {
    document.title = 'Search · AudioRelay';
    search.type(route.peek().query);
    field.current?.focus();
    return () => {
      search.dispose();
    };
  }, []);
  return (
    <main class="page page--narrow">
      <h1 class="page__title">Search</h1>
      <section class="card" aria-label="Search titles">
        <input
          ref={field}
          type="search"
          class="field field--wide field--large"
          placeholder="Artist or title, in all shows"
          aria-label="Artist or title, in all shows"
          value={search.text.value}
          onInput={(event) => {
            search.type(event.currentTarget.value);
            history.replaceState(null, '', searchHash(search.query.value));
          }}
        />
        {search.found.value === null && search.query.value === '' ? (
          <p class="muted">
            Finds what the stations named while they were recorded, newest first. A result plays from where the title
            began.
          </p>
        ) : (
          <TitleResults search={search} withShow />
        )}
      </section>
    </main>
  );
}
