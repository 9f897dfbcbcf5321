/** Something fetched: it is on its way, here, or it failed. There is no state in which a page can wait for ever. */
export type Loadable<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly data: T }
  | { readonly state: 'failed'; readonly message: string };

export const loading = { state: 'loading' } as const;

export function ready<T>(data: T): Loadable<T> {
  return { state: 'ready', data };
}

export function failed(message: string): { state: 'failed'; message: string } {
  return { state: 'failed', message };
}
