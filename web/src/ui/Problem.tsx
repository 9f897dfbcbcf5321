import type { JSX } from 'preact';

/** What went wrong, and the way on. */
export function Problem(props: { title: string; message: string; onRetry: () => void }): JSX.Element {
  return (
    <div class="problem" role="alert">
      <p class="problem__title">{props.title}</p>
      <p>{props.message}</p>
      <button type="button" class="button" onClick={props.onRetry}>
        Try again
      </button>
    </div>
  );
}

export function Waiting(props: { what: string }): JSX.Element {
  return (
    <p class="waiting" role="status">
      <span class="waiting__dot" aria-hidden="true" />
      {props.what}
    </p>
  );
}
