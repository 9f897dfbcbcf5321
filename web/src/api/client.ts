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

const patienceMs = 15_000;

/** Fetches JSON from an address relative to the page; every failure is an ApiError, and nothing waits for ever. */
export async function getJson<T>(path: string, fetcher: typeof fetch = fetch): Promise<T> {
  let response: Response;
  try {
    response = await fetcher(path, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (cause) {
    const slow = cause instanceof DOMException && cause.name === 'TimeoutError';
    throw new ApiError(slow ? 'AudioRelay took too long to answer.' : 'AudioRelay cannot be reached.', 0);
  }
  if (!response.ok) throw new ApiError(await describe(response), response.status);
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError('The answer could not be read.', response.status);
  }
}

async function describe(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { detail?: unknown; error?: unknown; title?: unknown };
    for (const text of [body.detail, body.error, body.title]) {
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
