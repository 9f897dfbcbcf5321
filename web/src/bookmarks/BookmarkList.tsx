import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Bookmark } from '../api/receiverApi';
import { Pager } from '../ui/Pager';
import { clampPage, pageOf } from '../ui/paging';
import { BookmarkRow } from './BookmarkRow';

/** Bookmarks, a page at a time. */
export function BookmarkList({ found, withShow }: { found: readonly Bookmark[]; withShow: boolean }): JSX.Element {
  const page = useSignal(0);
  return (
    <>
      <ul class="items">
        {pageOf(found, page.value).map((bookmark) => (
          <BookmarkRow key={bookmark.id} bookmark={bookmark} withShow={withShow} />
        ))}
      </ul>
      <Pager
        of="bookmarks"
        page={clampPage(page.value, found.length)}
        items={found.length}
        onPage={(to) => {
          page.value = to;
        }}
      />
    </>
  );
}
