import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { findTitles } from '../api/receiverApi';
import { TitleResults } from '../search/TitleResults';
import { TitleSearch } from '../search/titleSearch';
import type { ShowModel } from '../show/model';
import { dayBounds } from '../time/days';
import { formatClock, formatDay } from '../time/format';
import { Pager } from '../ui/Pager';
import { clampPage, pageOf, pageSize } from '../ui/paging';
import { Waiting } from '../ui/Problem';

/** The titles of a day, newest first; and a search through all of the show's. */
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
        <span class="muted">{formatDay(dayBounds(model.day.value)?.fromMs ?? Date.now(), Date.now())}</span>
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
        <OfDay key={model.day.value} model={model} />
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

/** Those of the day that is shown above, the one that is heard among them. */
function OfDay({ model }: { model: ShowModel }): JSX.Element {
  const page = useSignal(0);
  const loaded = model.dayTimeline.value;
  if (loaded.state === 'loading') return <Waiting what="Looking for titles…" />;
  // What is wrong stands above, with the day, and so does the way to try again.
  if (loaded.state === 'failed') return <p class="muted">The titles of this day could not be loaded.</p>;
  const { titles } = loaded.data;
  if (titles.length === 0)
    return (
      <p class="muted">
        {model.empty.value
          ? 'Titles appear here with the first sound, if the station names them.'
          : 'No station has named a title on this day.'}
      </p>
    );
  const current = model.titles.value[model.titleIndex.value];
  return (
    <>
      <ol class="found">
        {pageOf(titles.toReversed(), page.value).map((title) => {
          const isCurrent = title.timestamp_ms === current?.timestamp_ms;
          return (
            <li key={title.timestamp_ms}>
              <button
                type="button"
                class={`row${isCurrent ? ' row--current' : ''}`}
                aria-current={isCurrent ? 'true' : undefined}
                onClick={() => {
                  model.playAt(title.timestamp_ms);
                }}
              >
                <time>{formatClock(title.timestamp_ms)}</time>
                <span>{title.text}</span>
              </button>
            </li>
          );
        })}
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
