import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { getJson, messageOf } from '../api/client';
import type { ShowSummary } from '../api/types';
import { formatClock, formatDay } from '../time/format';
import { Header } from '../ui/Header';
import { Icon } from '../ui/icons';
import { failed, loading, ready, type Loadable } from '../ui/loadable';
import { Problem, Waiting } from '../ui/Problem';
import { showHash } from '../ui/route';

/** All shows. With a single one its card is large: that is the first thing a new user sees. */
export function ShowListPage(): JSX.Element {
  const shows = useSignal<Loadable<readonly ShowSummary[]>>(loading);
  const load = async (): Promise<void> => {
    try {
      shows.value = ready((await getJson<{ shows: ShowSummary[] }>('api/shows')).shows);
    } catch (error) {
      if (shows.peek().state !== 'ready') shows.value = failed(messageOf(error));
    }
  };
  useEffect(() => {
    document.title = 'AudioRelay';
    void load();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const events = new EventSource('api/events');
    events.onmessage = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, 3000);
    };
    return () => {
      events.close();
      clearTimeout(timer);
    };
  }, []);

  const loaded = shows.value;
  return (
    <>
      <Header back={false} />
      <main class="page">
        {loaded.state === 'loading' && <Waiting what="Looking for shows…" />}
        {loaded.state === 'failed' && (
          <Problem
            title="The shows could not be loaded."
            message={loaded.message}
            onRetry={() => {
              shows.value = loading;
              void load();
            }}
          />
        )}
        {loaded.state === 'ready' && loaded.data.length === 0 && (
          <div class="card empty">
            <h1>No show yet</h1>
            <p class="muted">Shows appear here as soon as one is configured.</p>
          </div>
        )}
        {loaded.state === 'ready' && loaded.data.length > 0 && (
          <>
            <h1 class={loaded.data.length === 1 ? 'visually-hidden' : 'page__title'}>Shows</h1>
            <ul class={`shows${loaded.data.length === 1 ? ' shows--one' : ''}`}>
              {loaded.data.map((show) => (
                <ShowCard key={show.name} show={show} />
              ))}
            </ul>
          </>
        )}
      </main>
    </>
  );
}

function ShowCard({ show }: { show: ShowSummary }): JSX.Element {
  const recording = show.recording === true;
  const first = show.first_ms ?? null;
  const last = show.last_ms ?? null;
  return (
    <li class="card show">
      <div class="show__what">
        <h2>
          <a class="show__link" href={showHash(show.name)}>
            {show.name}
          </a>
        </h2>
        {recording ? (
          <span class="badge badge--live">
            <i aria-hidden="true" /> Recording now
          </span>
        ) : (
          last !== null && (
            <span class="muted">
              Last sound {formatDay(last, Date.now())}, {formatClock(last)}
            </span>
          )
        )}
        {show.error ? (
          <p class="show__error">{show.error}</p>
        ) : (
          <>
            {recording && show.title && <p class="show__title">{show.title}</p>}
            <p class="muted">
              {first !== null ? `Since ${formatDay(first, Date.now())}, ${formatClock(first)}` : 'No sound yet'}
              {show.audio_format && ` · ${show.audio_format}`}
            </p>
          </>
        )}
      </div>
      <a
        class="play show__play"
        href={showHash(show.name, recording ? { live: true } : {})}
        aria-label={recording ? `Listen to ${show.name} live` : `Open ${show.name}`}
      >
        <Icon name={recording ? 'play' : 'right'} size={recording ? 40 : 30} />
      </a>
      {recording && <p class="show__invite">Listen live</p>}
    </li>
  );
}
