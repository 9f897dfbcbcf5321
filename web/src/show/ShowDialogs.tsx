import type { JSX } from 'preact';
import { BookmarkDialog } from '../bookmarks/BookmarkDialog';
import { JumpDialog } from './JumpDialog';
import type { ShowModel } from './model';
import { ShareDialog } from './ShareDialog';

/** Whatever a show has over its page at the moment. */
export function ShowDialogs({ model }: { model: ShowModel }): JSX.Element | null {
  const open = model.dialog.value;
  const close = (): void => {
    model.dialog.value = null;
  };
  switch (open?.kind) {
    case 'jump':
      return <JumpDialog model={model} onClose={close} />;
    case 'bookmark':
      return <BookmarkDialog show={model.name} title={model.title.peek()} atMs={open.atMs} onClose={close} />;
    case 'share':
      return <ShareDialog model={model} session={open.session} onClose={close} />;
    default:
      return null;
  }
}
