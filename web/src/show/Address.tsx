import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { messageOf } from '../api/client';
import { signedIn } from '../session/identity';
import { formatMoment } from '../time/format';
import type { ShowModel } from './model';

/** An address to copy; where one has to sign in, also one that carries the permission in itself. */
export function Address({ model, playlist }: { model: ShowModel; playlist: (prefix: string) => string }): JSX.Element {
  const link = useSignal<{ prefix: string; expiresMs: number } | null>(null);
  const copied = useSignal(false);
  const problem = useSignal<string | null>(null);
  const address = new URL(playlist(link.value?.prefix ?? model.api.prefix), document.baseURI).href;
  const copy = (): void => {
    navigator.clipboard.writeText(address).then(
      () => {
        copied.value = true;
        setTimeout(() => {
          copied.value = false;
        }, 2000);
      },
      () => {
        problem.value = 'The browser would not copy. Select the address and copy it by hand.';
      },
    );
  };
  const makeLink = async (): Promise<void> => {
    problem.value = null;
    try {
      link.value = await model.api.link();
    } catch (error) {
      problem.value = messageOf(error);
    }
  };
  return (
    <>
      <p class="muted">For VLC, mpv, or another player.</p>
      <div class="copy">
        <input
          class="field"
          readOnly
          aria-label="HLS address"
          value={address}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
        <button type="button" class="button" onClick={copy}>
          {copied.value ? 'Copied!' : 'Copy'}
        </button>
      </div>
      {problem.value !== null && (
        <p class="dialog__problem" role="alert">
          {problem.value}
        </p>
      )}
      {link.value ? (
        <p class="muted">
          Opens without signing in until {formatMoment(link.value.expiresMs, Date.now())}. Whoever has it can listen to
          this show.
        </p>
      ) : (
        signedIn.value && (
          <p class="muted">
            Other players cannot sign in.{' '}
            <button type="button" class="link" onClick={() => void makeLink()}>
              Make a link that opens without
            </button>
          </p>
        )
      )}
    </>
  );
}
