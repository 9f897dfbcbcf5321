// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signInNeeded } from '../src/api/client';
import { hub } from '../src/api/hub';
import { bookmarks } from '../src/bookmarks/store';
import { forgetAll } from '../src/session/forgetting';
import { CannotListen, enter, leave, look, onLeftElsewhere, signedIn } from '../src/session/identity';
import { ready } from '../src/ui/loadable';

let asked: string[];
let scopes: string[];

beforeEach(() => {
  asked = [];
  signInNeeded.value = true;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${path}`);
    return Promise.resolve(new Response(JSON.stringify({ signed_in: true, scopes })));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

test('a token that opens listening signs in, and one can sign out again', async () => {
  scopes = ['sync-read', 'listen'];
  await enter('a token');
  expect(signedIn.value).toBe(true);
  expect(signInNeeded.value).toBe(false);
  await leave();
  expect(signedIn.value).toBe(false);
  expect(signInNeeded.value).toBe(true);
  expect(asked).toEqual(['POST api/session', 'DELETE api/session']);
});

test('a token that does not open listening leaves no cookie behind', async () => {
  scopes = ['sync-read'];
  await expect(enter('a token')).rejects.toThrow(CannotListen);
  expect(asked).toEqual(['POST api/session', 'DELETE api/session']);
  expect(signedIn.value).toBe(false);
  expect(signInNeeded.value).toBe(true);
});

test('a cookie that nobody remembers is found, so that one can sign out', async () => {
  signedIn.value = false;
  await look();
  expect(signedIn.value).toBe(true);
});

test('that another tab has signed out is heard', () => {
  const heard = vi.fn();
  const stop = onLeftElsewhere(heard);
  window.dispatchEvent(new StorageEvent('storage', { key: 'audiorelay_signedIn', newValue: '1' }));
  expect(heard).not.toHaveBeenCalled();
  window.dispatchEvent(new StorageEvent('storage', { key: 'audiorelay_signedIn', newValue: null }));
  expect(heard).toHaveBeenCalledOnce();
  stop();
});

test('nothing that was told is kept, and nothing is told any more', async () => {
  const close = vi.fn();
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener = vi.fn();
      close = close;
    },
  );
  hub.open();
  await Promise.resolve();
  hub.sync.value = { in_progress: false, remotes: [], shows: [] };
  bookmarks.state.value = ready([]);
  forgetAll();
  expect(close).toHaveBeenCalledOnce();
  expect(hub.sync.value).toBeNull();
  expect(bookmarks.state.value.state).toBe('loading');
});
