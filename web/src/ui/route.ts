import { signal } from '@preact/signals';

export type PageName = 'shows' | 'show' | 'search' | 'bookmarks';

/** Where the page is; for a show perhaps at a moment, or about to play live. */
export interface Route {
  readonly page: PageName;
  readonly show: string | null;
  readonly atMs: number | null;
  readonly live: boolean;
  /** What is searched for. */
  readonly query: string;
}

const home: Route = { page: 'shows', show: null, atMs: null, live: false, query: '' };

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const at = Number(parameters.get('t') ?? Number.NaN);
  const match = /^\/show\/([^/]+)\/?$/.exec(path);
  return {
    page: match ? 'show' : path === '/search' ? 'search' : path === '/bookmarks' ? 'bookmarks' : 'shows',
    show: match?.[1] === undefined ? null : decode(match[1]),
    atMs: Number.isFinite(at) ? at : null,
    live: parameters.has('live'),
    query: parameters.get('q') ?? '',
  };
}

export function showHash(name: string, options: { atMs?: number; live?: boolean } = {}): string {
  const query = options.live ? '?live' : options.atMs === undefined ? '' : `?t=${Math.round(options.atMs)}`;
  return `#/show/${encodeURIComponent(name)}${query}`;
}

export function searchHash(query: string): string {
  return query === '' ? '#/search' : `#/search?q=${encodeURIComponent(query)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const route = signal<Route>(home);

export function followHash(): void {
  const read = (): void => {
    route.value = parseRoute(location.hash);
  };
  window.addEventListener('hashchange', read);
  // A link to where we are already changes nothing, but means "again".
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link?.getAttribute('href') === location.hash) read();
  });
  read();
}
