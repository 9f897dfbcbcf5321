import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Dialog } from '../ui/Dialog';
import type { ShowModel } from './model';
import { fromInput, toInput } from './range';
import { WhichHour } from './WhichHour';

/** Goes to a date and a time of day. */
export function JumpDialog({ model, onClose }: { model: ShowModel; onClose: () => void }): JSX.Element {
  const { player } = model;
  const start = player.session.peek() ? player.positionMs.peek() : Date.now() - 3_600_000;
  const [day = '', time = ''] = toInput(start).split('T');
  const date = useSignal(day);
  const clock = useSignal(time);
  const problem = useSignal<string | null>(null);
  const text = useComputed(() => `${date.value}T${clock.value}`);
  // What nobody typed is where it began, also in an hour that came twice.
  const picked = useSignal<number | null>(start);
  const ms = picked.value ?? fromInput(text.value, { fromMs: start, toMs: start });
  const go = (): void => {
    if (Number.isNaN(ms)) {
      problem.value = 'Enter a date and a time.';
      return;
    }
    onClose();
    model.playAt(ms);
  };
  return (
    <Dialog title="Jump to a time" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div class="form__row">
          <label class="form__field">
            Date
            <input
              type="date"
              class="field"
              value={date.value}
              onInput={(event) => {
                date.value = event.currentTarget.value;
                picked.value = null;
              }}
            />
          </label>
          <label class="form__field">
            Time
            <input
              type="time"
              step="1"
              class="field"
              autoFocus
              value={clock.value}
              onInput={(event) => {
                clock.value = event.currentTarget.value;
                picked.value = null;
              }}
            />
          </label>
        </div>
        <WhichHour
          text={text.value}
          ms={ms}
          name="Time"
          onPick={(time) => {
            picked.value = time;
          }}
        />
        {problem.value !== null && (
          <p class="dialog__problem" role="alert">
            {problem.value}
          </p>
        )}
        <div class="form__buttons">
          <button type="submit" class="button button--main">
            Listen from there
          </button>
        </div>
      </form>
    </Dialog>
  );
}
