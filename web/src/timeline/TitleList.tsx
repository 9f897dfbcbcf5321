import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { findTitles } from '../api/receiverApi';
import { TitleResults } from '../search/TitleResults';
import { TitleSearch } from '../search/titleSearch';
import type { ShowModel } from '../show/model';
import { formatClock } from '../time/format';
import { Pager } from '../ui/Pager';
import { clampPage, pageOf, pageSize } from '../ui/paging';

/** The titles of the recording that is heard, newest first; and a search through all of the show's. */
export function TitleList({ model }: { model: ShowModel }): JSX.Element {
  const search = useMemo(
    () => new TitleSearch((text, before) => findTitles(model.api.prefix, text, pageSize, before)),
    [model],
  );
  useEffect(
    () => () => {
      search.dispose();
    },
    [search],
  );
  return (
    <section class="card titles" aria-label="Titles">
      <header class="card__head">
        <h2>Titles</h2>
        <input
          type="search"
          class="field"
          placeholder="Search all titles"
          aria-label="Search all titles of this show"
          value={search.text.value}
          onInput={(event) => {
            search.type(event.currentTarget.value);
          }}
        />
      </header>
      {search.query.value === '' ? (
        <Recent model={model} />
      ) : (
        <TitleResults
          search={search}
          withShow={false}
          onPlay={(atMs) => {
            model.playAt(atMs);
          }}
        />
      )}
    </section>
  );
}

function Recent({ model }: { model: ShowModel }): JSX.Element {
  const page = useSignal(0);
  const titles = model.titles.value;
  if (titles.length === 0) return <p class="muted">The station has named no titles in this recording.</p>;
  const current = titles[model.titleIndex.value];
  return (
    <>
      <ol class="found">
        {pageOf(titles.toReversed(), page.value).map((title) => (
          <li key={title.timestamp_ms}>
            <button
              type="button"
              class={`row${title === current ? ' row--current' : ''}`}
              aria-current={title === current ? 'true' : undefined}
              onClick={() => {
                model.playAt(title.timestamp_ms);
              }}
            >
              <time>{formatClock(title.timestamp_ms)}</time>
              <span>{title.text}</span>
            </button>
          </li>
        ))}
      </ol>
      <Pager
        of="titles"
        page={clampPage(page.value, titles.length)}
        items={titles.length}
        onPage={(to) => {
          page.value = to;
        }}
      />
    </>
  );
}
