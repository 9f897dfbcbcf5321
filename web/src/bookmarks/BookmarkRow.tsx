import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { messageOf } from '../api/client';
import type { Bookmark } from '../api/receiverApi';
import { formatClock, formatDay } from '../time/format';
import { Icon } from '../ui/icons';
import { showHash } from '../ui/route';
import { longestNote } from './BookmarkDialog';
import { bookmarks } from './store';

/** One bookmark: plays from there; its note can be changed. */
export function BookmarkRow({ bookmark, withShow }: { bookmark: Bookmark; withShow: boolean }): JSX.Element {
  const editing = useSignal(false);
  const atMs = bookmark.from_us / 1000;
  const time = `${formatDay(atMs, Date.now())}, ${formatClock(atMs, 'seconds')}`;
  const until = bookmark.until_us === null ? '' : ` – ${formatClock(bookmark.until_us / 1000, 'seconds')}`;
  const name = bookmark.note === '' ? time : bookmark.note;
  return (
    <li class="item">
      {bookmark.show === null ? (
        <span class="item__play item__play--none" title="This show is not here any more" aria-hidden="true">
          <Icon name="bookmark" />
        </span>
      ) : (
        <a class="item__play" href={showHash(bookmark.show, { atMs })} aria-label={`Play ${name}`}>
          <Icon name="play" />
        </a>
      )}
      {editing.value ? (
        <NoteForm
          bookmark={bookmark}
          onDone={() => {
            editing.value = false;
          }}
        />
      ) : (
        <>
          <div class="item__what">
            <span class="item__name">{name}</span>
            <span class="muted">
              {withShow && `${bookmark.show ?? 'A show that is not here any more'} · `}
              {bookmark.note === '' ? 'without a note' : time}
              {until}
            </span>
          </div>
          <button
            type="button"
            class="icon-button"
            aria-label={`Change the note of ${name}`}
            title="Change the note"
            onClick={() => {
              editing.value = true;
            }}
          >
            <Icon name="edit" />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={`Delete the bookmark ${name}`}
            title="Delete"
            onClick={() => void bookmarks.remove(bookmark)}
          >
            <Icon name="trash" />
          </button>
        </>
      )}
    </li>
  );
}

function NoteForm({ bookmark, onDone }: { bookmark: Bookmark; onDone: () => void }): JSX.Element {
  const note = useSignal(bookmark.note);
  const problem = useSignal<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      await bookmarks.change(bookmark, note.value.trim());
      onDone();
    } catch (error) {
      problem.value = messageOf(error);
    }
  };
  return (
    <form
      class="item__form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <input
        class="field"
        aria-label="Note"
        maxLength={longestNote}
        autoFocus
        value={note.value}
        onInput={(event) => {
          note.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="button">
        Save
      </button>
      {problem.value !== null && (
        <p class="dialog__problem" role="alert">
          {problem.value}
        </p>
      )}
    </form>
  );
}
