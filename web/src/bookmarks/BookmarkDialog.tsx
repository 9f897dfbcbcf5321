import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { messageOf } from '../api/client';
import { formatClock, formatDay } from '../time/format';
import { Dialog } from '../ui/Dialog';
import { say } from '../ui/notice';
import { bookmarks } from './store';

export const longestNote = 500;

interface Props {
  show: string;
  title: string | null;
  atMs: number;
  onClose: () => void;
}

/** Keeps a moment, with a note. */
export function BookmarkDialog({ show, title, atMs, onClose }: Props): JSX.Element {
  const note = useSignal(title ?? '');
  const problem = useSignal<string | null>(null);
  const saving = useSignal(false);
  const save = async (): Promise<void> => {
    saving.value = true;
    problem.value = null;
    try {
      await bookmarks.add(show, Math.round(atMs * 1000), null, note.value.trim());
      say('Bookmark kept.');
      onClose();
    } catch (error) {
      problem.value = messageOf(error);
    } finally {
      saving.value = false;
    }
  };
  return (
    <Dialog title="Bookmark" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p class="muted">
          {show} · {formatDay(atMs, Date.now())}, {formatClock(atMs, 'seconds')}
        </p>
        <label class="form__field">
          Note
          <input
            class="field"
            maxLength={longestNote}
            autoFocus
            value={note.value}
            onInput={(event) => {
              note.value = event.currentTarget.value;
            }}
          />
        </label>
        {problem.value !== null && (
          <p class="dialog__problem" role="alert">
            {problem.value}
          </p>
        )}
        <div class="form__buttons">
          <button type="submit" class="button button--main" disabled={saving.value}>
            Keep it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
