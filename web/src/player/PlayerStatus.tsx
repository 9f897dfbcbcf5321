import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Player } from './player';

/** Trouble, said plainly: what it is, when it is tried again, and the way on when that has failed. */
export function PlayerStatus({ player }: { player: Player }): JSX.Element | null {
  const now = useSignal(Date.now());
  const retryAt = player.retryAtMs.value;
  useEffect(() => {
    if (retryAt === null) return;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, [retryAt]);

  const trouble = player.trouble.value;
  if (trouble === null) return null;
  const seconds = retryAt === null ? null : Math.max(0, Math.ceil((retryAt - now.value) / 1000));
  return (
    <div class="player__trouble" role="status">
      <span>
        {trouble}
        {player.status.value === 'retrying' && (seconds ? ` Trying again in ${seconds} s.` : ' Trying again…')}
      </span>
      {player.status.value === 'failed' && (
        <button
          type="button"
          class="button"
          onClick={() => {
            player.play();
          }}
        >
          Try again
        </button>
      )}
    </div>
  );
}
