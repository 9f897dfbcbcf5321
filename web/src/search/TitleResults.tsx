import type { JSX } from 'preact';
import { formatClock, formatDay } from '../time/format';
import { Icon } from '../ui/icons';
import { Problem, Waiting } from '../ui/Problem';
import { showHash } from '../ui/route';
import { Marked } from './Marked';
import { shortestQuery, type TitleSearch } from './titleSearch';

interface Props {
  search: TitleSearch;
  withShow: boolean;
  /** Plays in place; without it each result leads to its show's page. */
  onPlay?: (atMs: number) => void;
}

/** What a search has found; each row plays from where the title began. */
export function TitleResults({ search, withShow, onPlay }: Props): JSX.Element | null {
  const found = search.found.value;
  const query = search.query.value;
  if (found === null) {
    return query === '' ? null : <p class="muted">Type at least {shortestQuery} letters.</p>;
  }
  if (found.state === 'loading') return <Waiting what="Searching…" />;
  if (found.state === 'failed') {
    return (
      <Problem
        title="The search failed."
        message={found.message}
        onRetry={() => {
          search.again();
        }}
      />
    );
  }
  const unread = search.unread.value;
  return (
    <>
      {found.data.length === 0 && (
        <p class="muted">
          {unread.length === 0 ? 'No title contains' : 'No title in what could be searched contains'} “{query}”.
        </p>
      )}
      {unread.length > 0 && <p class="sync__detail">Could not be searched: {unread.join(', ')}.</p>}
      <ol class="found">
        {found.data.map((title) => {
          const atMs = title.utc_us / 1000;
          return (
            <li key={`${title.show} ${title.section_id} ${title.utc_us}`}>
              <a
                class="row row--found"
                href={showHash(title.show, { atMs })}
                onClick={(event) => {
                  if (!onPlay) return;
                  event.preventDefault();
                  onPlay(atMs);
                }}
              >
                <Icon name="play" size={18} />
                <span class="row__text">
                  <Marked text={title.text} query={query} />
                  <small>
                    {withShow && <b>{title.show}</b>}
                    {formatDay(atMs, Date.now())}, {formatClock(atMs)}
                  </small>
                </span>
              </a>
            </li>
          );
        })}
      </ol>
      <Turn search={search} />
    </>
  );
}

function Turn({ search }: { search: TitleSearch }): JSX.Element | null {
  const page = search.page.value;
  const more = search.more.value;
  if (page === 0 && !more) return null;
  return (
    <nav class="pager" aria-label="Pages of titles">
      <button
        type="button"
        class="icon-button"
        aria-label="Newer titles"
        disabled={page === 0}
        onClick={() => {
          search.turn(-1);
        }}
      >
        <Icon name="left" />
      </button>
      <span class="pager__where" role="status">
        Page {page + 1}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label="Older titles"
        disabled={!more}
        onClick={() => {
          search.turn(1);
        }}
      >
        <Icon name="right" />
      </button>
    </nav>
  );
}
