import { untracked, useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { hub } from '../api/hub';
import type { Mode } from '../api/types';
import { ShowBookmarks } from '../bookmarks/ShowBookmarks';
import { desk } from '../desk/desk';
import { PlayerCard } from '../player/PlayerCard';
import { loadHls } from '../player/source';
import { defaultMode, openedMode } from '../player/timeMode';
import { formatInWords } from '../show/formats';
import { NoSuchShow } from '../show/NoSuchShow';
import { SessionList } from '../show/SessionList';
import { SyncLine } from '../sync/SyncLine';
import { DayStrip } from '../timeline/DayStrip';
import { TitleList } from '../timeline/TitleList';
import { route } from '../ui/route';

/** One show: its player, its day, its recordings, titles and bookmarks. */
export function ShowPage({ mode, name }: { mode: Mode; name: string }): JSX.Element {
  const model = useMemo(() => desk.enter(mode, name), [mode, name]);
  const { player } = model;

  useEffect(() => {
    document.title = `${name} · AudioRelay`;
    desk.open.value = model;
    if (model.sessions.peek().state !== 'ready') void model.load();
    // Fetched ahead, so that pressing play plays at once. If that fails, pressing play tries again and says so.
    loadHls().catch(() => undefined);
    return () => {
      desk.leave(model);
    };
  }, [model]);

  // The address may name a moment, or the present: played once the recordings are known, and again whenever it is followed anew.
  const loaded = useComputed(() => model.sessions.value.state === 'ready');
  useSignalEffect(() => {
    const { show, live, atMs } = route.value;
    if (!loaded.value || (show !== null && show !== name)) return;
    // Only the address is followed, not what playing looks at.
    untracked(() => {
      if (atMs !== null) model.playAt(atMs);
      else if (live) model.playLive();
    });
  });

  // Decided once per session, so that the bar does not change its kind while somebody looks at it.
  const openedId = useComputed(() => player.session.value?.section_id);
  useSignalEffect(() => {
    if (openedId.value !== undefined) openedMode.value = defaultMode(player.session.peek()?.duration_ms ?? 0);
  });

  if (model.missing.value)
    return (
      <main class="page">
        <NoSuchShow model={model} />
      </main>
    );

  const sync = hub.sync.value?.shows.find((candidate) => candidate.show === name) ?? null;
  const metadata = model.metadata.value;
  return (
    <main class="page">
      {sync && <SyncLine sync={sync} brief />}
      <PlayerCard model={model} />
      <DayStrip model={model} upToDate={sync?.state === 'up_to_date'} />
      <div class="columns">
        <SessionList model={model} />
        <div class="stack">
          <TitleList model={model} />
          {model.keepsBookmarks && <ShowBookmarks model={model} />}
        </div>
      </div>
      {metadata && (
        <footer class="foot muted">
          {formatInWords(metadata.audio_format)}
          {metadata.bitrate !== '0' && ` · ${metadata.bitrate} kbit/s`}
          {sync?.verified === false &&
            ' · from a recorder of the first version: checked on the way, not since its recording'}
        </footer>
      )}
    </main>
  );
}
