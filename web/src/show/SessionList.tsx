import type { JSX } from 'preact';
import type { Session } from '../api/types';
import { dayOf } from '../time/days';
import { formatClock, formatDuration, formatSpan } from '../time/format';
import { Icon } from '../ui/icons';
import { Pager } from '../ui/Pager';
import { clampPage, pageOf } from '../ui/paging';
import { Problem, Waiting } from '../ui/Problem';
import type { ShowModel } from './model';
import { countInWords, rowId, spanOf } from './sessions';

/** All recordings, newest first, or those of one day. */
export function SessionList({ model }: { model: ShowModel }): JSX.Element {
  const day = model.listDay.value;
  const loaded = model.sessions.value;
  const found = model.listed.value;
  const page = clampPage(model.listPage.value, found.length);
  return (
    <section class="card sessions" aria-label="Recordings">
      <header class="card__head">
        <h2>Recordings</h2>
        <span class="muted">
          {loaded.state === 'ready' &&
            countInWords(day === '' ? null : found.length, model.known.value.length, model.complete.value)}
        </span>
        <label class="filter">
          <input
            type="date"
            class="field"
            aria-label="Only recordings of this day"
            value={day}
            max={dayOf(Date.now())}
            onChange={(event) => {
              model.narrowList(event.currentTarget.value);
            }}
          />
        </label>
        {day !== '' && (
          <button
            type="button"
            class="button button--quiet"
            onClick={() => {
              model.narrowList('');
            }}
          >
            All days
          </button>
        )}
      </header>
      {loaded.state === 'loading' && <Waiting what="Looking for recordings…" />}
      {loaded.state === 'failed' && (
        <Problem
          title="The recordings could not be loaded."
          message={loaded.message}
          onRetry={() => void model.load()}
        />
      )}
      {loaded.state === 'ready' && found.length === 0 && (
        <p class="muted">{day === '' ? 'Nothing has been recorded yet.' : 'Nothing was recorded on this day.'}</p>
      )}
      <ul class="sessions__list">
        {pageOf(found, page).map((session) => (
          <SessionRow key={session.section_id} model={model} session={session} />
        ))}
      </ul>
      <Pager
        of="recordings"
        page={page}
        items={found.length}
        onPage={(to) => {
          model.listPage.value = to;
        }}
      />
    </section>
  );
}

function SessionRow({ model, session }: { model: ShowModel; session: Session }): JSX.Element {
  const { player } = model;
  const active = player.session.value?.section_id === session.section_id;
  const saved = model.savedPosition(session);
  const span = spanOf(session);
  const name = formatSpan(span.fromMs, session.ended ? span.toMs : null, Date.now());
  return (
    <li id={rowId(session)} class={`session${active ? ' session--active' : ''}`}>
      <button
        type="button"
        class="session__play"
        aria-label={`${active && player.playing.value ? 'Pause' : 'Play'} ${name}`}
        onClick={() => {
          if (active) player.toggle();
          else {
            model.playSession(session);
            document.querySelector('.player')?.scrollIntoView({ block: 'nearest' });
          }
        }}
      >
        <Icon name={active && player.playing.value ? 'pause' : 'play'} />
      </button>
      <div class="session__what">
        <span class="session__name">{name}</span>
        <span class="muted">
          {formatDuration(session.duration_ms)}
          {!session.ended && <b class="session__live"> · recording now</b>}
          {active ? ' · playing' : saved !== null && ` · heard until ${formatClock(span.fromMs + saved * 1000)}`}
        </span>
        {saved !== null && session.duration_ms > 0 && (
          <progress max={session.duration_ms / 1000} value={saved} aria-label="Heard so far" />
        )}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={`Share or save ${name}`}
        title="Share or save: HLS address, download"
        onClick={() => {
          model.dialog.value = { kind: 'share', session };
        }}
      >
        <Icon name="download" />
      </button>
    </li>
  );
}
