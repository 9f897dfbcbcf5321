import type { JSX } from 'preact';
import type { ShowSync } from '../api/syncTypes';
import { formatDuration } from '../time/format';
import { progressOf, stateInWords } from './states';
import { formatRate } from './summary';

/** One show's sync in words: a bar while it catches up, and what to do where it does not go on. */
export function SyncLine({ sync, brief = false }: { sync: ShowSync; brief?: boolean }): JSX.Element | null {
  const { label, tone, advice: general } = stateInWords(sync.state, sync.show);
  // Here the reason itself says what to do: a store that was lost and recorders that were exchanged need different things.
  const advice = sync.state === 'source_replaced' && sync.detail ? null : general;
  const progress = progressOf(sync);
  if (brief && (tone === 'good' || (progress === null && tone === 'busy'))) return null;
  // Said once for all, in the banner.
  const away = sync.state === 'recorder_away' && !brief;
  const facts = [
    progress === null ? null : `${Math.floor(progress * 100)} %`,
    progress === null || sync.bytes_per_second === null ? null : formatRate(sync.bytes_per_second),
    progress === null || sync.time_left_ms === null ? null : `${formatDuration(sync.time_left_ms)} left`,
  ].filter((fact) => fact !== null);
  return (
    <div class={`sync sync--${tone}`}>
      <p class="sync__state">
        <i aria-hidden="true" />
        <span>
          {label}
          {facts.length > 0 && <span class="sync__facts"> · {facts.join(' · ')}</span>}
        </span>
      </p>
      {progress !== null && <progress class="bar" max={1} value={progress} aria-label={`${sync.show}: fetched`} />}
      {sync.detail && !away && <p class="sync__detail">{sync.detail}</p>}
      {advice && !brief && !away && <p class="sync__detail">{advice}</p>}
    </div>
  );
}
