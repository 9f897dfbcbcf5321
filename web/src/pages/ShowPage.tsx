import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Mode, Session } from '../api/types';
import { commandFor, type Command, type Focus } from '../player/keys';
import { bindMediaKeys, showOnLockScreen } from '../player/mediaSession';
import { PlayerCard } from '../player/PlayerCard';
import { loadHls } from '../player/source';
import { defaultMode, nextMode, readMode, writeMode, type TimeMode } from '../player/timeMode';
import { ShowModel } from '../show/model';
import { SessionList } from '../show/SessionList';
import { ShareDialog } from '../show/ShareDialog';
import { DayStrip } from '../timeline/DayStrip';
import { TitleList } from '../timeline/TitleList';
import { Header } from '../ui/Header';
import { HelpDialog } from '../ui/HelpDialog';
import { route } from '../ui/route';

/** One show: its player, its day, its recordings and titles. */
export function ShowPage({ mode, name }: { mode: Mode; name: string }): JSX.Element {
  const model = useMemo(() => new ShowModel(mode, name), [mode, name]);
  const chosenMode = useSignal(readMode());
  const openedMode = useSignal<TimeMode>('hour');
  const timeMode = useComputed(() => chosenMode.value ?? openedMode.value);
  const help = useSignal(false);
  const sharing = useSignal<Session | null>(null);
  const { player } = model;
  const setMode = (next: TimeMode): void => {
    chosenMode.value = next;
    writeMode(next);
  };

  useEffect(() => {
    document.title = `${name} · AudioRelay`;
    void model.load().then(() => {
      const { live, atMs } = route.peek();
      if (atMs !== null) model.playAt(atMs);
      else if (live) model.playLive();
    });
    // Fetched ahead, so that pressing play plays at once. If that fails, pressing play tries again and says so.
    loadHls().catch(() => undefined);
    const release = bindMediaKeys(player, (by) => {
      model.stepTitle(by);
    });
    return () => {
      release();
      model.dispose();
    };
  }, [model]);

  // Decided once per session, so that the bar does not change its kind while somebody looks at it.
  const openedId = useComputed(() => player.session.value?.section_id);
  useSignalEffect(() => {
    if (openedId.value !== undefined) openedMode.value = defaultMode(player.session.peek()?.duration_ms ?? 0);
  });

  useSignalEffect(() => {
    if (player.session.value) showOnLockScreen(player, name, model.title.value);
  });

  useEffect(() => {
    const run = (command: Command): void => {
      switch (command.kind) {
        case 'toggle':
          if (player.session.value) player.toggle();
          else document.querySelector<HTMLButtonElement>('.play')?.click();
          break;
        case 'skip':
          player.skip(command.seconds);
          break;
        case 'volume':
          player.setVolume(player.volume.value + command.by);
          break;
        case 'mute':
          player.toggleMute();
          break;
        case 'speed':
          player.stepRate(command.by);
          break;
        case 'title':
          model.stepTitle(command.by);
          break;
        case 'live':
          model.playLive();
          break;
        case 'timeMode':
          setMode(nextMode(timeMode.value));
          break;
        case 'help':
          help.value = true;
          break;
      }
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = commandFor(event, focusOf(event.target));
      if (!command) return;
      event.preventDefault();
      run(command);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [model]);

  return (
    <>
      <Header
        back={mode !== 'inspect'}
        onHelp={() => {
          help.value = true;
        }}
      />
      <main class="page">
        <PlayerCard
          model={model}
          mode={timeMode.value}
          onMode={setMode}
          onShare={() => {
            sharing.value = player.session.value;
          }}
        />
        <DayStrip model={model} />
        <div class="columns">
          <SessionList
            model={model}
            onShare={(session) => {
              sharing.value = session;
            }}
          />
          <TitleList model={model} />
        </div>
        {model.metadata.value && (
          <footer class="foot muted">
            {model.metadata.value.audio_format}
            {model.metadata.value.bitrate !== '0' && ` · ${model.metadata.value.bitrate} kbit/s`}
            {model.connection.value === 'lost' && ' · connection lost, trying again'}
          </footer>
        )}
      </main>
      <p class={`toast${model.notice.value ? ' toast--shown' : ''}`} role="status">
        {model.notice.value}
      </p>
      {help.value && (
        <HelpDialog
          onClose={() => {
            help.value = false;
          }}
        />
      )}
      {sharing.value && (
        <ShareDialog
          model={model}
          session={sharing.value}
          onClose={() => {
            sharing.value = null;
          }}
        />
      )}
    </>
  );
}

function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.getAttribute('role') === 'slider') return 'slider';
  if (target instanceof HTMLInputElement) return target.type === 'range' ? 'slider' : 'field';
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return 'field';
  return target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement || target.tagName === 'SUMMARY'
    ? 'button'
    : 'page';
}
