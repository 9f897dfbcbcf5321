import { signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Gap, Title } from '../api/types';
import { formatClock, formatDay, formatOffset, speakOffset } from '../time/format';
import { clamp, contains, type Span } from '../time/span';
import { barOf, percentAt, timeAt } from '../timeline/geometry';
import type { TimeMode } from './timeMode';

interface Props {
  view: Span;
  session: Span;
  positionMs: number;
  mode: TimeMode;
  marks: readonly number[];
  titles: readonly Title[];
  gaps: readonly Gap[];
  onSeek: (ms: number) => void;
}

/** A slider over a stretch of time. While it is dragged it shows where it would go, and goes there when let loose. */
export function SeekBar(props: Props): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  const dragMs: Signal<number | null> = useMemo(() => signal(null), []);
  const hoverMs: Signal<number | null> = useMemo(() => signal(null), []);
  const { view, session } = props;

  const at = (event: PointerEvent): number => {
    const box = bar.current?.getBoundingClientRect();
    const ms = box ? timeAt(event.clientX - box.left, box.width, view) : view.fromMs;
    return clamp(ms, session.fromMs, session.toMs);
  };
  const label = (ms: number): string =>
    props.mode === 'relative' ? formatOffset(ms - session.fromMs) : formatClock(ms, 'seconds');
  // Two ends that say the same minute say nothing.
  const precision = view.toMs - view.fromMs < 5 * 60_000 ? 'seconds' : 'minutes';
  const shown = dragMs.value ?? props.positionMs;
  const recorded = barOf(session.fromMs, session.toMs, view);
  const played = barOf(session.fromMs, shown, view, 0);
  const hint = dragMs.value ?? hoverMs.value;
  const hintTitle = hint === null ? null : props.titles.findLast((title) => title.timestamp_ms <= hint)?.text;

  const onKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -5000,
      ArrowDown: -5000,
      ArrowRight: 5000,
      ArrowUp: 5000,
      PageDown: -60_000,
      PageUp: 60_000,
    };
    const step = steps[event.key];
    const target =
      step !== undefined
        ? props.positionMs + step
        : event.key === 'Home'
          ? session.fromMs
          : event.key === 'End'
            ? session.toMs
            : null;
    if (target === null) return;
    event.preventDefault();
    props.onSeek(clamp(target, session.fromMs, session.toMs));
  };

  return (
    <div class="seek">
      <div
        ref={bar}
        class="seek__bar"
        role="slider"
        tabIndex={0}
        aria-label="Position"
        aria-valuemin={0}
        aria-valuemax={Math.round((session.toMs - session.fromMs) / 1000)}
        aria-valuenow={Math.round((shown - session.fromMs) / 1000)}
        aria-valuetext={`${formatDay(shown, Date.now())} ${formatClock(shown, 'seconds')}, ${speakOffset(shown - session.fromMs)} in`}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          bar.current?.setPointerCapture(event.pointerId);
          dragMs.value = at(event);
        }}
        onPointerMove={(event) => {
          if (dragMs.value !== null) dragMs.value = at(event);
          else if (event.pointerType === 'mouse') hoverMs.value = at(event);
        }}
        onPointerUp={(event) => {
          if (dragMs.value === null) return;
          props.onSeek(at(event));
          dragMs.value = null;
        }}
        onPointerCancel={() => {
          dragMs.value = null;
        }}
        onPointerLeave={() => {
          hoverMs.value = null;
        }}
      >
        <div class="seek__track">
          {recorded && (
            <div class="seek__recorded" style={{ left: `${recorded.left}%`, width: `${recorded.width}%` }} />
          )}
          {played && <div class="seek__played" style={{ left: `${played.left}%`, width: `${played.width}%` }} />}
          {props.titles.map((title) =>
            contains(view, title.timestamp_ms) ? (
              <i
                key={title.timestamp_ms}
                class="seek__title"
                style={{ left: `${percentAt(title.timestamp_ms, view)}%` }}
              />
            ) : null,
          )}
          {props.gaps.map((gap) => {
            const box = barOf(gap.from_ms, gap.to_ms, view);
            return (
              box && <i key={gap.from_ms} class="seek__gap" style={{ left: `${box.left}%`, width: `${box.width}%` }} />
            );
          })}
        </div>
        {contains({ fromMs: view.fromMs, toMs: view.toMs + 1 }, shown) && (
          <div class="seek__knob" style={{ left: `${percentAt(shown, view)}%` }} />
        )}
        {hint !== null && (
          <div class="seek__hint" style={{ left: `${clamp(percentAt(hint, view), 6, 94)}%` }} aria-hidden="true">
            {label(hint)}
            {hintTitle && <span>{hintTitle}</span>}
          </div>
        )}
      </div>
      <div class="seek__marks" aria-hidden="true">
        {props.marks.map((ms) => (
          <span key={ms}>
            {props.mode === 'relative' ? formatOffset(ms - session.fromMs) : formatClock(ms, precision)}
          </span>
        ))}
      </div>
    </div>
  );
}
