import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { ShowModel } from '../show/model';
import { formatClock } from '../time/format';

const most = 200;

/** The titles of the session, newest first, to be found and clicked. */
export function TitleList({ model }: { model: ShowModel }): JSX.Element {
  const search = useSignal('');
  const titles = model.titles.value;
  const current = titles[model.titleIndex.value];
  const wanted = search.value.trim().toLowerCase();
  const found = titles
    .filter((title) => title.text.toLowerCase().includes(wanted))
    .reverse()
    .slice(0, most);
  return (
    <section class="card titles" aria-label="Titles">
      <header class="card__head">
        <h2>Titles</h2>
        {titles.length > 8 && (
          <input
            type="search"
            class="field"
            placeholder="Find a title"
            aria-label="Find a title"
            value={search.value}
            onInput={(event) => {
              search.value = event.currentTarget.value;
            }}
          />
        )}
      </header>
      {titles.length === 0 ? (
        <p class="muted">The station has named no titles in this recording.</p>
      ) : (
        <ol class="titles__list">
          {found.map((title) => (
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
          {found.length === 0 && <li class="muted">No title contains “{search.value}”.</li>}
        </ol>
      )}
    </section>
  );
}
