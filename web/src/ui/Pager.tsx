import type { JSX } from 'preact';
import { Icon, type IconName } from './icons';
import { pageCount } from './paging';

interface Props {
  /** What is paged, for those who hear the page. */
  of: string;
  page: number;
  items: number;
  onPage: (page: number) => void;
}

/** First, previous, next, last; nothing when one page holds everything. */
export function Pager({ of, page, items, onPage }: Props): JSX.Element | null {
  const pages = pageCount(items);
  if (pages < 2) return null;
  const button = (label: string, icon: IconName, to: number): JSX.Element => (
    <button
      type="button"
      class="icon-button"
      aria-label={`${label} page of ${of}`}
      disabled={to === page || to < 0 || to >= pages}
      onClick={() => {
        onPage(to);
      }}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <nav class="pager" aria-label={`Pages of ${of}`}>
      {button('First', 'first', 0)}
      {button('Previous', 'left', page - 1)}
      <span class="pager__where" role="status">
        Page {page + 1} of {pages}
      </span>
      {button('Next', 'right', page + 1)}
      {button('Last', 'last', pages - 1)}
    </nav>
  );
}
