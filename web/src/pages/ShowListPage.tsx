import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { getJson, messageOf } from '../api/client';
import { hub } from '../api/hub';
import { learnPath } from '../api/paths';
import { syncStatus } from '../api/receiverApi';
import type { Mode, ShowSummary } from '../api/types';
import { ShowCard } from '../show/ShowCard';
import { SyncBanner } from '../sync/SyncBanner';
import { failed, loading, ready, type Loadable } from '../ui/loadable';
import { Pager } from '../ui/Pager';
import { clampPage, pageOf, pageSize } from '../ui/paging';
import { Problem, Waiting } from '../ui/Problem';

const refreshAtMostEveryMs = 3000;

/** All shows. With a single one its card is large: that is the first thing a new user sees. */
export function ShowListPage({ mode }: { mode: Mode }): JSX.Element {
  const shows = useSignal<Loadable<readonly ShowSummary[]>>(loading);
  const filter = useSignal('');
  const page = useSignal(0);
  const load = async (): Promise<void> => {
    try {
      const { shows: listed } = await getJson<{ shows: ShowSummary[] }>('api/shows');
      for (const show of listed) learnPath(show.name, show.path);
      shows.value = ready(listed);
    } catch (error) {
      if (shows.peek().state !== 'ready') shows.value = failed(messageOf(error));
    }
  };
  useEffect(() => {
    document.title = 'AudioRelay';
    void load();
    // The events bring it as well; this is for whoever's proxy holds events back.
    if (mode === 'receiver' && hub.sync.peek() === null) {
      syncStatus().then(
        (report) => {
          hub.sync.value ??= report;
        },
        () => undefined,
      );
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = hub.onCommit(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, refreshAtMostEveryMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);

  const known = useComputed(() => (shows.value.state === 'ready' ? shows.value.data : []));
  const found = useComputed(() => {
    const wanted = filter.value.trim().toLowerCase();
    return known.value.filter((show) => show.name.toLowerCase().includes(wanted));
  });
  const syncs = useComputed(() => new Map(hub.sync.value?.shows.map((sync) => [sync.show, sync])));

  const loaded = shows.value;
  const report = mode === 'receiver' ? hub.sync.value : null;
  const single = known.value.length === 1;
  return (
    <main class="page">
      {report && <SyncBanner report={report} />}
      {loaded.state !== 'ready' && <h1 class="visually-hidden">Shows</h1>}
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
          <p class="muted">
            {mode === 'receiver'
              ? 'Shows appear here as soon as the recorder has been reached for the first time.'
              : 'Shows appear here as soon as one is configured.'}
          </p>
        </div>
      )}
      {loaded.state === 'ready' && loaded.data.length > 0 && (
        <>
          <div class="page__head">
            <h1 class={single ? 'visually-hidden' : 'page__title'}>Shows</h1>
            {known.value.length > pageSize && (
              <input
                type="search"
                class="field"
                placeholder="Find a show"
                aria-label="Find a show"
                value={filter.value}
                onInput={(event) => {
                  filter.value = event.currentTarget.value;
                  page.value = 0;
                }}
              />
            )}
          </div>
          <ul class={`shows${single ? ' shows--one' : ''}`}>
            {pageOf(found.value, page.value).map((show) => (
              <ShowCard key={show.name} show={show} sync={syncs.value.get(show.name) ?? null} />
            ))}
          </ul>
          {found.value.length === 0 && <p class="muted">No show is called “{filter.value}”.</p>}
          <Pager
            of="shows"
            page={clampPage(page.value, found.value.length)}
            items={found.value.length}
            onPage={(to) => {
              page.value = to;
            }}
          />
        </>
      )}
    </main>
  );
}
