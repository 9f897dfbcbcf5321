import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, messageOf } from '../api/client';
import { CannotListen, enter } from '../session/identity';
import { Icon } from '../ui/icons';

/** Asks for a token, once: a cookie that scripts cannot read takes its place. */
export function SignInPage({ onDone }: { onDone: () => void }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const token = useSignal('');
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  useEffect(() => {
    document.title = 'Sign in · AudioRelay';
    field.current?.focus();
  }, []);
  const send = async (): Promise<void> => {
    busy.value = true;
    problem.value = null;
    try {
      await enter(token.value.trim());
      onDone();
    } catch (error) {
      problem.value = inWords(error);
      field.current?.select();
    } finally {
      busy.value = false;
    }
  };
  return (
    <main class="page page--narrow">
      <section class="card signin" aria-label="Sign in">
        <span class="header__mark signin__mark" aria-hidden="true">
          <Icon name="radio" size={30} />
        </span>
        <h1>Sign in to listen</h1>
        <p class="muted">Whoever runs this AudioRelay has a token for you: a line of letters and digits.</p>
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <label class="form__field">
            Token
            <input
              ref={field}
              class="field field--large"
              type="password"
              autocomplete="current-password"
              required
              aria-describedby={problem.value === null ? undefined : 'signin-problem'}
              value={token.value}
              onInput={(event) => {
                token.value = event.currentTarget.value;
              }}
            />
          </label>
          {problem.value !== null && (
            <p id="signin-problem" class="dialog__problem" role="alert">
              {problem.value}
            </p>
          )}
          <button type="submit" class="button button--main" disabled={busy.value}>
            {busy.value ? 'One moment…' : 'Sign in'}
          </button>
        </form>
      </section>
    </main>
  );
}

function inWords(error: unknown): string {
  if (error instanceof CannotListen)
    return 'This token is not for listening: it is for a receiver that fetches. Ask for one that has the scope “listen”.';
  return error instanceof ApiError && (error.status === 401 || error.status === 403)
    ? 'This token does not open anything here.'
    : messageOf(error);
}
