import type { JSX } from 'preact';
import { hush, notice } from './notice';

export function Toast(): JSX.Element {
  const current = notice.value;
  const action = current?.action;
  return (
    <div class={`toast${current ? ' toast--shown' : ''}`}>
      <p role="status">{current?.text}</p>
      {action && (
        <button
          type="button"
          class="toast__action"
          onClick={() => {
            hush();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}
