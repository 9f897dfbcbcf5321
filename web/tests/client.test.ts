import { expect, test } from 'vitest';
import { ApiError, getJson } from '../src/api/client';

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
