import { untracked, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { ApiError, getJson, messageOf, signInNeeded } from '../api/client';
import { hub } from '../api/hub';
import type { Mode, ShowMetadata } from '../api/types';
import { desk } from '../desk/desk';
import { MiniPlayer } from '../desk/MiniPlayer';
import { useKeys } from '../desk/useKeys';
import { forgetAll } from '../session/forgetting';
import { look, onLeftElsewhere, stay } from '../session/identity';
import { ShowDialogs } from '../show/ShowDialogs';
import { Header } from '../ui/Header';
import { HelpDialog } from '../ui/HelpDialog';
import { failed, loading, ready, type Loadable } from '../ui/loadable';
import { Problem, Waiting } from '../ui/Problem';
import { route } from '../ui/route';
import { Toast } from '../ui/Toast';
import { BookmarksPage } from './BookmarksPage';
import { SearchPage } from './SearchPage';
import { ShowListPage } from './ShowListPage';
import { ShowPage } from './ShowPage';
import { SignInPage } from './SignInPage';

interface Place {
  readonly mode: Mode;
  /** The one show of an inspected file. */
  readonly only: string | null;
}

/** Finds out what answers here, and shows the page for it. */
export function App(): JSX.Element {
  const place = useSignal<Loadable<Place>>(loading);
  const refused = useSignal(false);
  const help = useSignal(false);
  useKeys(help);
  const load = async (): Promise<void> => {
    place.value = loading;
    try {
      const { mode } = await getJson<{ mode: Mode }>('api/mode');
      const only = mode === 'inspect' ? (await getJson<ShowMetadata>('api/metadata')).name : null;
      place.value = ready({ mode, only });
      hub.open();
      void stay();
    } catch (error) {
      place.value = failed(messageOf(error));
      refused.value = error instanceof ApiError && error.status === 403;
      if (refused.peek()) void look();
    }
  };
  useEffect(() => {
    void load();
    // Whether that closed this tab too, the server says.
    const stop = onLeftElsewhere(() => {
      getJson('api/mode').catch(() => undefined);
    });
    return () => {
      stop();
      hub.close();
    };
  }, []);
  useSignalEffect(() => {
    if (!signInNeeded.value) return;
    untracked(() => {
      forgetAll();
      place.value = loading;
    });
  });

  const found = place.value;
  const mode = found.state === 'ready' ? found.data.mode : null;
  const { focus, sounding, open } = desk;
  return (
    <>
      <Header
        mode={signInNeeded.value ? null : mode}
        onHelp={() => {
          help.value = true;
        }}
      />
      {signInNeeded.value ? (
        <SignInPage onDone={() => void load()} />
      ) : found.state === 'ready' ? (
        <Page place={found.data} />
      ) : (
        <main class="page">
          <h1 class="visually-hidden">AudioRelay</h1>
          {found.state === 'loading' ? (
            <Waiting what="One moment…" />
          ) : (
            <Problem
              title={refused.value ? 'You are signed in, but not to listen.' : 'AudioRelay does not answer.'}
              message={found.message}
              onRetry={() => void load()}
            />
          )}
        </main>
      )}
      {sounding.value && sounding.value !== open.value && <MiniPlayer model={sounding.value} />}
      <Toast />
      {focus.value && <ShowDialogs model={focus.value} />}
      {help.value && (
        <HelpDialog
          onClose={() => {
            help.value = false;
          }}
        />
      )}
    </>
  );
}

function Page({ place: { mode, only } }: { place: Place }): JSX.Element {
  const { page, show } = route.value;
  const named = only ?? show;
  if (named !== null) return <ShowPage key={named} mode={mode} name={named} />;
  switch (page) {
    case 'search':
      return <SearchPage />;
    case 'bookmarks':
      return mode === 'receiver' ? <BookmarksPage /> : <ShowListPage mode={mode} />;
    default:
      return <ShowListPage mode={mode} />;
  }
}
