import { expect, test } from 'vitest';
import { PositionStore, type KeyValues } from '../src/player/positions';

function memory(entries: Record<string, string> = {}): KeyValues & { entries: Map<string, string> } {
  const map = new Map(Object.entries(entries));
  return {
    entries: map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => map.set(key, value),
    removeItem: (key) => map.delete(key),
  };
}

test('positions lie under the keys of the predecessor', () => {
  const storage = memory();
  new PositionStore(storage, 'db_abc').save(17, 61.27);
  expect(Object.fromEntries(storage.entries)).toEqual({ db_abc_position_17: '61.3', db_abc_lastSession: '17' });
});

test('what the predecessor saved is found', () => {
  const store = new PositionStore(memory({ db_x_position_5: '12.5', db_x_lastSession: '5' }), 'db_x');
  expect(store.position(5)).toBe(12.5);
  expect(store.lastSession()).toBe(5);
  expect(store.position(6)).toBeNull();
});

test.each(['', 'NaN', '-3', '0', 'Infinity'])('a saved position of %j counts as none', (value) => {
  expect(new PositionStore(memory({ a_position_1: value }), 'a').position(1)).toBeNull();
});

test('nonsense is not saved', () => {
  const storage = memory();
  const store = new PositionStore(storage, 'a');
  store.save(1, Number.NaN);
  store.save(1, -1);
  expect(storage.entries.size).toBe(0);
});

test('a browser that forbids storage costs the memory only', () => {
  const refuse = (): never => {
    throw new Error('denied');
  };
  const store = new PositionStore({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'a');
  store.save(1, 5);
  expect(store.position(1)).toBeNull();
  expect(store.lastSession()).toBeNull();
});
