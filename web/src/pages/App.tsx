import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { getJson, messageOf } from '../api/client';
import type { Mode, ShowMetadata } from '../api/types';
import { Header } from '../ui/Header';
import { failed, loading, ready, type Loadable } from '../ui/loadable';
import { Problem, Waiting } from '../ui/Problem';
import { route } from '../ui/route';
import { ShowListPage } from './ShowListPage';
import { ShowPage } from './ShowPage';

interface Place {
  readonly mode: Mode;
  /** The one show of an inspected file. */
  readonly only: string | null;
}

/** Finds out what answers here, and shows the page for it. */
export function App(): JSX.Element {
  const place = useSignal<Loadable<Place>>(loading);
  const load = async (): Promise<void> => {
    place.value = loading;
    try {
      const { mode } = await getJson<{ mode: Mode }>('api/mode');
      const only = mode === 'inspect' ? (await getJson<ShowMetadata>('api/metadata')).name : null;
      place.value = ready({ mode, only });
    } catch (error) {
      place.value = failed(messageOf(error));
    }
  };
  useEffect(() => {
    void load();
  }, []);

  const found = place.value;
  if (found.state === 'ready') {
    const show = found.data.only ?? route.value.show;
    return show === null ? <ShowListPage /> : <ShowPage key={show} mode={found.data.mode} name={show} />;
  }
  return (
    <>
      <Header back={false} />
      <main class="page">
        {found.state === 'loading' ? (
          <Waiting what="One moment…" />
        ) : (
          <Problem title="AudioRelay does not answer." message={found.message} onRetry={() => void load()} />
        )}
      </main>
    </>
  );
}
