import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FoundTitles } from '../src/api/receiverApi';
import { splitAt } from '../src/search/split';
import { TitleSearch } from '../src/search/titleSearch';

const title = (utc_us: number): FoundTitles['titles'][number] => ({
  show: 'news',
  section_id: 1,
  utc_us,
  text: `Title ${utc_us}`,
});
let asked: [text: string, before: number | null][];
let answers: ((titles: FoundTitles) => void)[];
let refusals: ((error: Error) => void)[];
let search: TitleSearch;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, answers, refusals] = [[], [], []];
  search = new TitleSearch(
    (text, before) =>
      new Promise((resolve, reject) => {
        asked.push([text, before]);
        answers.push(resolve);
        refusals.push(reject);
      }),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

test('it asks once the typing pauses, and not for one letter', async () => {
  search.type('n');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
  search.type('ne');
  await vi.advanceTimersByTimeAsync(200);
  search.type(' new ');
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toEqual([['new', null]]);
});

test('an answer to an older question is not shown', async () => {
  search.type('first');
  await vi.advanceTimersByTimeAsync(250);
  search.type('second');
  await vi.advanceTimersByTimeAsync(250);
  answers[1]?.({ titles: [title(2)], more: false });
  answers[0]?.({ titles: [title(1)], more: false });
  await vi.advanceTimersByTimeAsync(0);
  expect(search.found.value).toEqual({ state: 'ready', data: [title(2)] });
});

test('older pages begin where the one before ended, and one can go back', async () => {
  search.type('ti');
  await vi.advanceTimersByTimeAsync(250);
  answers[0]?.({ titles: [title(9), title(8)], more: true });
  await vi.advanceTimersByTimeAsync(0);
  search.turn(1);
  answers[1]?.({ titles: [title(7)], more: false });
  await vi.advanceTimersByTimeAsync(0);
  expect(search.page.value).toBe(1);
  search.turn(1);
  expect(asked).toEqual([
    ['ti', null],
    ['ti', 8],
  ]);
  search.turn(-1);
  expect(asked.at(-1)).toEqual(['ti', null]);
});

test('a failure is said and can be tried again', async () => {
  search.type('ti');
  await vi.advanceTimersByTimeAsync(250);
  refusals[0]?.(new Error('AudioRelay cannot be reached.'));
  await vi.advanceTimersByTimeAsync(0);
  expect(search.found.value).toEqual({ state: 'failed', message: 'AudioRelay cannot be reached.' });
  search.again();
  answers[1]?.({ titles: [], more: false });
  await vi.advanceTimersByTimeAsync(0);
  expect(search.found.value).toEqual({ state: 'ready', data: [] });
});

test.each([
  ['The Night Shift', 'night', ['The ', 'Night', ' Shift']],
  ['aXa', 'a', ['', 'a', 'X', 'a', '']],
  ['nothing', 'x', ['nothing']],
  ['anything', '', ['anything']],
  ['İstanbul', 'stan', ['İstanbul']],
])('%s around %s', (text, query, parts) => {
  expect(splitAt(text, query)).toEqual(parts);
});
