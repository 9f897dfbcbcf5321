import { signal } from '@preact/signals';

/** What went wrong with a request, in words for a person. `status` is 0 when no answer came at all. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** True once AudioRelay has asked for a token: the page then offers to sign in, whatever it was doing. */
export const signInNeeded = signal(false);

const patienceMs = 15_000;

/** Fetches JSON from an address relative to the page; every failure is an ApiError, and nothing waits for ever. */
export function getJson<T>(path: string, fetcher: typeof fetch = fetch): Promise<T> {
  return request<T>(path, { headers: { accept: 'application/json' } }, fetcher);
}

/** The same for what changes something. An empty answer is undefined. */
export function sendJson<T>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  fetcher: typeof fetch = fetch,
): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  return request<T>(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, fetcher);
}

async function request<T>(path: string, init: RequestInit, fetcher: typeof fetch): Promise<T> {
  let response: Response;
  try {
    response = await fetcher(path, { ...init, signal: AbortSignal.timeout(patienceMs) });
  } catch (cause) {
    throw unreachable(cause);
  }
  if (response.status === 401) signInNeeded.value = true;
  if (!response.ok) throw new ApiError(await describe(response), response.status);
  try {
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (cause) {
    if (cause instanceof DOMException) throw unreachable(cause);
    throw new ApiError('The answer could not be read.', response.status);
  }
}

function unreachable(cause: unknown): ApiError {
  const slow = cause instanceof DOMException && cause.name === 'TimeoutError';
  return new ApiError(slow ? 'AudioRelay took too long to answer.' : 'AudioRelay cannot be reached.', 0);
}

async function describe(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as Record<string, unknown>;
    for (const text of [body.detail, body.error, body.message, body.title]) {
      if (typeof text === 'string' && text !== '') return text;
    }
  } catch {
    // No JSON: the status has to do.
  }
  if (response.status === 401 || response.status === 403) return 'You are not allowed to listen here.';
  return `AudioRelay answered ${response.status}.`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
