import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { exportFormats, exportRange, exportSection, sessionPlaylist, timesPlaylist } from '../api/paths';
import type { Session } from '../api/types';
import { formatDuration, formatSpan } from '../time/format';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/icons';
import { Address } from './Address';
import type { ShowModel } from './model';
import { checkRange, fromInput, toInput } from './range';
import { overlapping, spanOf } from './sessions';
import { WhichHour } from './WhichHour';

interface Props {
  model: ShowModel;
  session: Session;
  onClose: () => void;
}

/** A time as it stands in its input, and exactly: what nobody touched is exact to the millisecond, also in an hour that came twice. */
interface Entry {
  readonly text: string;
  readonly ms: number;
}

const entryOf = (ms: number): Entry => ({ text: toInput(ms), ms });

/** The server lists at most so much at once. */
const longestListMs = 7 * 24 * 3_600_000;

/** A session, a part of it, or a stretch over several: its address for another player, and as a file. */
export function ShareDialog({ model, session, onClose }: Props): JSX.Element {
  const { prefix } = model.api;
  const whole = useMemo(() => spanOf(session), []);
  const from = useSignal<Entry>(entryOf(whole.fromMs));
  const to = useSignal<Entry>(entryOf(whole.toMs));
  const narrowed = useSignal(false);
  const known = model.known.value;
  // What is older than the list of recordings reaches so far is for the server to find.
  const firstMs = model.complete.value ? Math.min(whole.fromMs, ...known.map((s) => s.timestamp_ms)) : 0;
  const recorded = { fromMs: firstMs, toMs: Math.max(whole.toMs, ...known.map((s) => spanOf(s).toMs)) };
  const formats = exportFormats(session.codec);
  const format = useSignal(formats[0]?.format ?? 'original');
  const checked = checkRange(from.value.ms, to.value.ms, recorded);
  const problem = narrowed.value && 'problem' in checked ? checked.problem : null;
  const part = narrowed.value && 'range' in checked ? checked.range : null;

  const over = part ? overlapping(known, part).length : 1;
  const listed = part === null || part.toMs - part.fromMs <= longestListMs;
  const playlist = (below: string): string =>
    part ? timesPlaylist(below, session.codec, part.fromMs, part.toMs) : sessionPlaylist(below, session);
  const file = part
    ? exportRange(prefix, part.fromMs, part.toMs, format.value)
    : exportSection(prefix, session.section_id, format.value);
  const type = (target: typeof from) => (event: { currentTarget: HTMLInputElement }) => {
    const text = event.currentTarget.value;
    target.value = { text, ms: fromInput(text, whole) };
    narrowed.value = true;
  };
  const limits = { min: toInput(recorded.fromMs), max: toInput(recorded.toMs), step: '1', class: 'field' };

  return (
    <Dialog title="Share or save" onClose={onClose}>
      <p class="muted">
        {formatSpan(whole.fromMs, session.ended ? whole.toMs : null, Date.now())} ·{' '}
        {formatDuration(session.duration_ms)}
      </p>
      <fieldset class="range">
        <legend>Which part</legend>
        <label>
          From
          <input type="datetime-local" {...limits} value={from.value.text} onInput={type(from)} />
        </label>
        <label>
          To
          <input type="datetime-local" {...limits} value={to.value.text} onInput={type(to)} />
        </label>
        {[
          { name: 'From', entry: from },
          { name: 'To', entry: to },
        ].map(({ name, entry }) => (
          <WhichHour
            key={name}
            name={name}
            {...entry.value}
            onPick={(ms) => {
              entry.value = { ...entry.value, ms };
              narrowed.value = true;
            }}
          />
        ))}
        {narrowed.value && (
          <button
            type="button"
            class="button button--quiet"
            onClick={() => {
              from.value = entryOf(whole.fromMs);
              to.value = entryOf(whole.toMs);
              narrowed.value = false;
            }}
          >
            All of it
          </button>
        )}
      </fieldset>
      {problem !== null && (
        <p class="dialog__problem" role="alert">
          {problem}
        </p>
      )}

      {over > 1 && <p class="muted">Goes over {over} recordings; what is missing between them is left out.</p>}
      {part !== null && over === 0 && <p class="muted">The list of recordings shows nothing there.</p>}

      <h3>Save as a file</h3>
      <div class="save">
        <label>
          <span class="visually-hidden">Format</span>
          <select
            class="field"
            value={format.value}
            onChange={(event) => {
              format.value = event.currentTarget.value;
            }}
          >
            {formats.map((choice) => (
              <option key={choice.format} value={choice.format}>
                {choice.label}
              </option>
            ))}
          </select>
        </label>
        {problem === null && (
          <a class="button button--main" download href={file}>
            <Icon name="download" size={18} /> Download{part && ` ${formatDuration(part.toMs - part.fromMs)}`}
          </a>
        )}
      </div>
      <p class="muted">{formats.find((choice) => choice.format === format.value)?.hint}</p>

      <h3>HLS address</h3>
      {listed ? (
        <Address model={model} playlist={playlist} />
      ) : (
        <p class="muted">Other players are given at most seven days at once.</p>
      )}
    </Dialog>
  );
}
