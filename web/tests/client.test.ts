import { expect, test } from 'vitest';
import { ApiError, getJson, sendJson, signInNeeded } from '../src/api/client';
import { relativeLink } from '../src/api/showApi';

const answer =
  (body: string, status: number): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, { status }));

test('an answer is what was sent', async () => {
  expect(await getJson('x', answer('{"a":1}', 200))).toEqual({ a: 1 });
});

test.each([
  ['{"detail":"Show news is not here."}', 404, 'Show news is not here.'],
  ['{"error":"old style"}', 400, 'old style'],
  ['{"title":"Gone","detail":""}', 410, 'Gone'],
  ['plain text', 500, 'AudioRelay answered 500.'],
  ['', 401, 'You are not allowed to listen here.'],
])('%s with status %i says: %s', async (body, status, message) => {
  const failure = await getJson('x', answer(body, status)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({ status, message });
});

test('no answer at all and nonsense are errors in words too', async () => {
  const dead: typeof fetch = () => Promise.reject(new TypeError('failed'));
  await expect(getJson('x', dead)).rejects.toMatchObject({ status: 0, message: 'AudioRelay cannot be reached.' });
  await expect(getJson('x', answer('<html>', 200))).rejects.toThrow('could not be read');
  const slow: typeof fetch = () => Promise.reject(new DOMException('late', 'TimeoutError'));
  await expect(getJson('x', slow)).rejects.toThrow('too long');
});

test('a server that wants a token makes the page ask for one', async () => {
  signInNeeded.value = false;
  await getJson('x', answer('{"detail":"A token is needed."}', 401)).catch(() => undefined);
  expect(signInNeeded.value).toBe(true);
});

test('what is sent is JSON, and an empty answer is none', async () => {
  let sent: RequestInit | undefined;
  const fetcher: typeof fetch = (_, init) => {
    sent = init;
    return Promise.resolve(new Response(null, { status: 204 }));
  };
  expect(await sendJson('PATCH', 'api/bookmarks/3', { note: 'x' }, fetcher)).toBeUndefined();
  expect(sent).toMatchObject({ method: 'PATCH', body: '{"note":"x"}' });
  const busy = answer('{"message":"A sync is running.","already_in_progress":true}', 409);
  await expect(sendJson('POST', 'api/sync', undefined, busy)).rejects.toMatchObject({
    status: 409,
    message: 'A sync is running.',
  });
});

test.each(['/t/abc/show/t/', '/radio/t/abc/show/t/', '/t/abc/show/t'])('a link %s is below the page', (prefix) => {
  expect(relativeLink(prefix)).toBe('t/abc/show/t/');
});
