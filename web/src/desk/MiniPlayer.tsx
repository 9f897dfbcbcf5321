import type { JSX } from 'preact';
import type { ShowModel } from '../show/model';
import { formatClock } from '../time/format';
import { Icon } from '../ui/icons';
import { showHash } from '../ui/route';
import { desk } from './desk';

/** What plays, at the foot of every page that is not its own. */
export function MiniPlayer({ model }: { model: ShowModel }): JSX.Element | null {
  const { player } = model;
  if (!player.session.value) return null;
  const playing = player.playing.value;
  return (
    <aside class="mini" aria-label="Now playing">
      <button
        type="button"
        class="mini__play"
        aria-label={playing ? 'Pause' : 'Play'}
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        onClick={() => {
          player.toggle();
        }}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <a class="mini__what" href={showHash(model.name)}>
        <b>{model.title.value ?? model.name}</b>
        <span>
          {model.title.value !== null && `${model.name} · `}
          {player.trouble.value ?? (player.live.value ? 'live' : formatClock(player.positionMs.value, 'seconds'))}
        </span>
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label="Stop listening"
        onClick={() => {
          desk.silence();
        }}
      >
        <Icon name="close" />
      </button>
    </aside>
  );
}
