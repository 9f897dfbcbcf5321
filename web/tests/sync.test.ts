import { describe, expect, test } from 'vitest';
import { syncStates, type RemoteSync, type ShowSync, type SyncReport, type SyncState } from '../src/api/syncTypes';
import { isFollowed, progressOf, stateInWords } from '../src/sync/states';
import { formatDelay, formatRate, summarise } from '../src/sync/summary';

const nowMs = new Date(2026, 10, 20, 15, 0).getTime();

function show(state: SyncState, changes: Partial<ShowSync> = {}): ShowSync {
  return {
    show: 'news',
    remote: 'studio',
    state,
    since_us: nowMs * 1000,
    detail: null,
    read_id: 0,
    source_max_id: null,
    behind: 0,
    catch_up_total: 0,
    bytes_per_second: null,
    time_left_ms: null,
    last_commit_us: null,
    last_delay_ms: null,
    verified: true,
    ...changes,
  };
}

function report(shows: ShowSync[], remotes: Partial<RemoteSync>[] = [{}]): SyncReport {
  const studio: RemoteSync = {
    name: 'studio',
    url: 'http://studio:17000',
    online: true,
    since_us: (nowMs - 3_600_000) * 1000,
    detail: null,
    pushes: true,
  };
  return { in_progress: false, remotes: remotes.map((remote) => ({ ...studio, ...remote })), shows };
}

describe('states', () => {
  test.each(syncStates)('%s is said in words', (state) => {
    const { label, tone, advice } = stateInWords(state, 'news');
    expect(label).not.toContain('_');
    expect(label).toMatch(/^[A-Z]/);
    // What is in trouble says what to do.
    if (tone === 'bad') expect(advice).toBeTruthy();
  });

  test('one that is not known is shown as it came', () => {
    expect(stateInWords('gone_fishing', 'news').label).toBe('gone fishing');
  });

  test('the command names the show as a shell takes it', () => {
    expect(stateInWords('source_replaced', 'news').advice).toContain('--show news.');
    expect(stateInWords('source_replaced', "it's").advice).toContain(`--show 'it'\\''s'.`);
  });

  test('progress is what is fetched of what there was', () => {
    expect(progressOf(show('pulling', { behind: 25, catch_up_total: 100 }))).toBe(0.75);
    expect(progressOf(show('pulling', { behind: 300, catch_up_total: 100 }))).toBe(0);
    expect(progressOf(show('pulling'))).toBeNull();
    expect(progressOf(show('up_to_date', { catch_up_total: 100 }))).toBeNull();
  });

  test('what does not reach us is not "recording now"', () => {
    expect(isFollowed(null)).toBe(true);
    expect(isFollowed(show('up_to_date'))).toBe(true);
    expect(isFollowed(show('recorder_away'))).toBe(false);
  });
});

describe('the banner', () => {
  test('peace, with how soon sound arrives', () => {
    const shows = [show('up_to_date', { last_delay_ms: 180 }), show('up_to_date', { last_delay_ms: 420 })];
    expect(summarise(report(shows), nowMs)).toEqual({
      tone: 'good',
      title: 'Everything is here.',
      detail: 'New sound arrives within 0.4 s',
    });
  });

  test('a recorder that is away comes first, and says that listening goes on', () => {
    const said = summarise(report([show('disk_full')], [{ online: false, detail: 'Connection refused.' }]), nowMs);
    expect(said.tone).toBe('waiting');
    expect(said.title).toBe('The recorder has been out of reach since today, 14:00.');
    expect(said.detail).toBe(
      'Everything fetched so far still plays. Connection refused. ' +
        'It is tried again by itself; if this lasts, see whether the recorder runs and can be reached.',
    );
  });

  test('where nothing has been fetched yet it does not say that it plays', () => {
    const said = summarise(report([], [{ online: false, detail: 'Connection refused' }]), nowMs);
    expect(said.detail).toMatch(/^Nothing has been fetched yet\. Connection refused\. It is tried again/);
  });

  test.each(['not_offered', 'recorder_away', 'starting'] as const)('a show that is %s is not "everything"', (state) => {
    const said = summarise(report([show(state), show('up_to_date')]), nowMs);
    expect(said).toEqual({ tone: 'waiting', title: 'Not all is here: one show waits.', detail: 'news' });
  });

  test('of several recorders the one that is away is named', () => {
    const said = summarise(report([], [{ online: false, name: 'north' }, { name: 'south' }]), nowMs);
    expect(said.title).toMatch(/^“north” has been out of reach/);
  });

  test('trouble is counted and named', () => {
    const said = summarise(report([show('token_refused'), show('up_to_date')]), nowMs);
    expect(said).toEqual({ tone: 'bad', title: 'One show needs attention.', detail: 'news' });
  });

  test('work says how long it takes', () => {
    const busy = [
      show('pulling', { behind: 5, time_left_ms: 90_000 }),
      show('queued', { behind: 2, time_left_ms: 120_000 }),
    ];
    expect(summarise(report(busy), nowMs)).toEqual({
      tone: 'busy',
      title: 'Fetching 2 shows.',
      detail: 'About 2 min left',
    });
  });
});

test.each([
  [850, '850 B/s'],
  [850_000, '850 kB/s'],
  [4_130_000, '4.1 MB/s'],
  [999_600, '1.0 MB/s'],
  [0, '0 B/s'],
])('%i bytes a second are %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

test.each([
  [20, '0.1 s'],
  [420, '0.4 s'],
  [9940, '9.9 s'],
  [12_000, '12 s'],
])('a delay of %i ms is %s', (ms, text) => {
  expect(formatDelay(ms)).toBe(text);
});
