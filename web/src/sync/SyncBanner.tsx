import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ApiError, messageOf } from '../api/client';
import { syncNow } from '../api/receiverApi';
import type { SyncReport } from '../api/syncTypes';
import { say } from '../ui/notice';
import { summarise } from './summary';

/** How the receiver stands towards its recorders, and the button that makes it look at once. */
export function SyncBanner({ report }: { report: SyncReport }): JSX.Element {
  const asking = useSignal(false);
  const { tone, title, detail } = summarise(report, Date.now());
  const ask = (): void => {
    asking.value = true;
    syncNow()
      .then(
        () => {
          say('Looking for new recordings.');
        },
        (error: unknown) => {
          say(error instanceof ApiError && error.status === 409 ? 'It is fetching already.' : messageOf(error));
        },
      )
      .finally(() => {
        asking.value = false;
      });
  };
  return (
    <section class={`banner banner--${tone}`} aria-label="Sync">
      <i class="banner__dot" aria-hidden="true" />
      <div class="banner__what" role="status">
        <p class="banner__title">{title}</p>
        {detail && <p class="muted">{detail}</p>}
      </div>
      <button type="button" class="button" disabled={report.in_progress || asking.value} onClick={ask}>
        {report.in_progress ? 'Syncing…' : 'Sync now'}
      </button>
    </section>
  );
}
