import type { JSX } from 'preact';
import type { ShowSync } from '../api/syncTypes';
import type { ShowSummary } from '../api/types';
import { isFollowed } from '../sync/states';
import { SyncLine } from '../sync/SyncLine';
import { formatMoment } from '../time/format';
import { Icon } from '../ui/icons';
import { showHash } from '../ui/route';
import { formatInWords } from './formats';

/** One show in the list: what it is, whether it runs, and in a receiver how its sync stands. */
export function ShowCard({ show, sync }: { show: ShowSummary; sync: ShowSync | null }): JSX.Element {
  const recording = show.recording === true && isFollowed(sync);
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
          last !== null && <span class="muted">Last sound {formatMoment(last, Date.now())}</span>
        )}
        {show.error ? (
          // The sync says it as well, and what to do about it.
          sync?.detail !== show.error && <p class="show__error">{show.error}</p>
        ) : (
          <>
            {recording && show.title && <p class="show__title">{show.title}</p>}
            <p class="muted">
              {first !== null ? `Since ${formatMoment(first, Date.now())}` : 'No sound yet'}
              {show.audio_format && ` · ${formatInWords(show.audio_format)}`}
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
      {sync && <SyncLine sync={sync} />}
    </li>
  );
}
