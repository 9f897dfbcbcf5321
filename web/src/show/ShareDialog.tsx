import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { messageOf } from '../api/client';
import { exportFormats, exportRange, exportSection, rangePlaylist } from '../api/paths';
import type { Session } from '../api/types';
import { formatDuration, formatSpan } from '../time/format';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/icons';
import type { ShowModel } from './model';
import { checkRange, toInput } from './range';
import { spanOf } from './sessions';

const debounceMs = 300;

interface Props {
  model: ShowModel;
  session: Session;
  onClose: () => void;
}

/** A session, or a part of it: its address for another player, and as a file. */
export function ShareDialog({ model, session, onClose }: Props): JSX.Element {
  const { api } = model;
  const whole = useMemo(() => spanOf(session), []);
  const from = useSignal(toInput(whole.fromMs));
  const to = useSignal(toInput(whole.toMs));
  const narrowed = useSignal(false);
  const ids = useSignal({ start: session.start_id, end: session.end_id });
  const problem = useSignal<string | null>(null);
  const copied = useSignal(false);
  const checked = checkRange(from.value, to.value, whole);

  // The typed range becomes segment ids once the typing pauses.
  useEffect(() => {
    problem.value = null;
    if (!narrowed.value) {
      ids.value = { start: session.start_id, end: session.end_id };
      return;
    }
    if ('problem' in checked) {
      problem.value = checked.problem;
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      Promise.all([
        api.estimate(session.section_id, checked.range.fromMs),
        api.estimate(session.section_id, checked.range.toMs),
      ]).then(
        ([start, end]) => {
          if (current) ids.value = { start: start.estimated_segment_id, end: end.estimated_segment_id };
        },
        (error: unknown) => {
          if (current) problem.value = messageOf(error);
        },
      );
    }, debounceMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [from.value, to.value, narrowed.value]);

  const address = new URL(rangePlaylist(api.prefix, session.codec, ids.value.start, ids.value.end), location.href).href;
  const copy = (): void => {
    navigator.clipboard.writeText(address).then(
      () => {
        copied.value = true;
        setTimeout(() => {
          copied.value = false;
        }, 2000);
      },
      () => {
        problem.value = 'The browser would not copy. Select the address and copy it by hand.';
      },
    );
  };
  const type = (target: typeof from) => (event: { currentTarget: HTMLInputElement }) => {
    target.value = event.currentTarget.value;
    narrowed.value = true;
  };

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
          <input
            type="datetime-local"
            step="1"
            class="field"
            min={toInput(whole.fromMs)}
            max={toInput(whole.toMs)}
            value={from.value}
            onInput={type(from)}
          />
        </label>
        <label>
          To
          <input
            type="datetime-local"
            step="1"
            class="field"
            min={toInput(whole.fromMs)}
            max={toInput(whole.toMs)}
            value={to.value}
            onInput={type(to)}
          />
        </label>
        <button
          type="button"
          class="button button--quiet"
          disabled={!narrowed.value}
          onClick={() => {
            from.value = toInput(whole.fromMs);
            to.value = toInput(whole.toMs);
            narrowed.value = false;
          }}
        >
          All of it
        </button>
      </fieldset>
      {problem.value !== null && (
        <p class="dialog__problem" role="alert">
          {problem.value}
        </p>
      )}

      <h3>HLS address</h3>
      <p class="muted">For VLC, mpv, or another player.</p>
      <div class="copy">
        <input
          class="field"
          readOnly
          aria-label="HLS address"
          value={address}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
        <button type="button" class="button" onClick={copy}>
          {copied.value ? 'Copied!' : 'Copy'}
        </button>
      </div>

      <h3>Download</h3>
      <ul class="downloads">
        {exportFormats(session.codec).map(({ format, label, hint }) => (
          <li key={format}>
            <a
              class="button"
              download
              href={
                narrowed.value && 'range' in checked
                  ? exportRange(api.prefix, checked.range.fromMs, checked.range.toMs, format)
                  : exportSection(api.prefix, session.section_id, format)
              }
            >
              <Icon name="download" size={18} /> {label}
            </a>
            <span class="muted">{hint}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
