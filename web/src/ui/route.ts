import { signal } from '@preact/signals';

/** Where the page is: the list of shows, or one show; perhaps at a moment, perhaps about to play live. */
export interface Route {
  readonly show: string | null;
  readonly atMs: number | null;
  readonly live: boolean;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const at = Number(parameters.get('t') ?? Number.NaN);
  const match = /^\/show\/([^/]+)\/?$/.exec(path);
  return {
    show: match?.[1] === undefined ? null : decode(match[1]),
    atMs: Number.isFinite(at) ? at : null,
    live: parameters.has('live'),
  };
}

export function showHash(name: string, options: { atMs?: number; live?: boolean } = {}): string {
  const query = options.live ? '?live' : options.atMs === undefined ? '' : `?t=${Math.round(options.atMs)}`;
  return `#/show/${encodeURIComponent(name)}${query}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const route = signal<Route>({ show: null, atMs: null, live: false });

export function followHash(): void {
  const read = (): void => {
    route.value = parseRoute(location.hash);
  };
  window.addEventListener('hashchange', read);
  read();
}
