import type { JSX } from 'preact';
import { Icon } from '../ui/icons';
import type { Player } from './player';
import { formatSpeed, speeds } from './speeds';

interface Props {
  player: Player;
  /** There is something to play. */
  ready: boolean;
  onPlay: () => void;
}

/** Back, play, forward; speed and volume. */
export function Transport({ player, ready, onPlay }: Props): JSX.Element {
  const playing = player.playing.value;
  const status = player.status.value;
  const busy = status === 'loading' || status === 'waiting' || status === 'retrying';
  const opened = player.session.value !== null;
  const muted = player.muted.value || player.volume.value === 0;
  return (
    <div class="transport">
      <label class="transport__speed">
        <span class="visually-hidden">Speed</span>
        <select
          value={String(player.rate.value)}
          onChange={(event) => {
            player.setRate(Number(event.currentTarget.value));
          }}
        >
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {formatSpeed(speed)}
            </option>
          ))}
        </select>
      </label>
      <div class="transport__main">
        <button
          type="button"
          class="round"
          disabled={!opened}
          aria-label="Back 15 seconds"
          title="Back 15 seconds (J)"
          onClick={() => {
            player.skip(-15);
          }}
        >
          <Icon name="back" size={26} />
          <small>15</small>
        </button>
        <button
          type="button"
          class={`play${busy ? ' play--busy' : ''}`}
          disabled={!ready}
          aria-label={playing ? 'Pause' : 'Play'}
          title={playing ? 'Pause (Space)' : 'Play (Space)'}
          onClick={onPlay}
        >
          <Icon name={playing || (status === 'loading' && opened) ? 'pause' : 'play'} size={38} />
        </button>
        <button
          type="button"
          class="round"
          disabled={!opened}
          aria-label="Forward 30 seconds"
          title="Forward 30 seconds (L)"
          onClick={() => {
            player.skip(30);
          }}
        >
          <Icon name="forward" size={26} />
          <small>30</small>
        </button>
      </div>
      <div class="transport__volume">
        <button
          type="button"
          class="icon-button"
          aria-label={muted ? 'Sound on' : 'Sound off'}
          aria-pressed={muted}
          title="Sound off or on (M)"
          onClick={() => {
            player.toggleMute();
          }}
        >
          <Icon name={muted ? 'muted' : 'volume'} />
        </button>
        <input
          type="range"
          min="0"
          max="1"
          step="0.1"
          aria-label="Volume"
          value={muted ? 0 : player.volume.value}
          onInput={(event) => {
            player.setVolume(Number(event.currentTarget.value));
          }}
        />
      </div>
    </div>
  );
}
