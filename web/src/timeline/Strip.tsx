import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Stretch, Timeline } from '../api/types';
import type { ShowModel } from '../show/model';
import { formatClock } from '../time/format';
import { clamp, contains, type Span } from '../time/span';
import { describeAt, knownUntil } from './describe';
import { barOf, percentAt, stepOnStrip, thin, ticks, timeAt } from './geometry';

/** More marks than this are a comb and tell nothing; the hint still names the title under the pointer. */
const mostTitles = 120;

interface Props {
  model: ShowModel;
  view: Span;
  timeline: Timeline;
  /** Everything its recorder has is here: what it does not tell of has not happened. */
  upToDate: boolean;
}

/** The strip itself: a slider over the day. A click, or Enter where the arrow keys have led, listens from there. */
export function Strip({ model, view, timeline: told, upToDate }: Props): JSX.Element {
  const strip = useRef<HTMLDivElement>(null);
  const timeline = upToDate ? knownUntil(told, Date.now()) : told;
  const hover = useSignal<number | null>(null);
  const cursor = useSignal<number | null>(null);
  const position = model.player.positionMs.value;
  const heard = model.player.session.value && contains(view, position) ? position : null;
  const now = Date.now();
  const first = timeline.sections[0]?.from_ms ?? view.fromMs;
  const at = clamp(cursor.value ?? heard ?? first, view.fromMs, view.toMs - 1);
  const knownUntilMs = (timeline.known_until_us ?? Infinity) / 1000;
  // What is on its way within seconds is no stretch worth drawing.
  const unknown = now - knownUntilMs > 60_000 ? barOf(knownUntilMs, now, view) : null;
  const titles = timeline.titles.filter((title) => contains(view, title.timestamp_ms));
  const hint = hover.value ?? cursor.value;
  const under = (event: { clientX: number }): number => {
    const box = strip.current?.getBoundingClientRect();
    return box ? timeAt(event.clientX - box.left, box.width, view) : view.fromMs;
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      model.playAt(at);
      cursor.value = null;
      return;
    }
    if (event.key === 'Escape') cursor.value = null;
    const to = stepOnStrip(event.key, at, view);
    if (to === null) return;
    event.preventDefault();
    cursor.value = to;
  };
  return (
    <div class="strip">
      <div
        ref={strip}
        class="strip__track"
        role="slider"
        tabIndex={0}
        aria-label="Time of the day; Enter listens from there"
        aria-valuemin={0}
        aria-valuemax={Math.round((view.toMs - view.fromMs) / 1000)}
        aria-valuenow={Math.round((at - view.fromMs) / 1000)}
        aria-valuetext={`${formatClock(at, 'seconds')}, ${describeAt(timeline, at, now)}`}
        onKeyDown={onKey}
        onBlur={() => {
          cursor.value = null;
        }}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') hover.value = under(event);
        }}
        onPointerLeave={() => {
          hover.value = null;
        }}
        onClick={(event) => {
          cursor.value = null;
          model.playAt(under(event));
        }}
      >
        <Bars class="strip__window" pieces={timeline.windows} view={view} />
        <Bars class="strip__section" pieces={timeline.sections} view={view} />
        <Bars class="strip__gap" pieces={timeline.gaps} view={view} />
        {titles.length <= mostTitles &&
          titles.map((title) => (
            <i
              key={title.timestamp_ms}
              class="strip__title"
              style={{ left: `${percentAt(title.timestamp_ms, view)}%` }}
            />
          ))}
        {unknown && <i class="strip__unknown" style={{ left: `${unknown.left}%`, width: `${unknown.width}%` }} />}
        {contains(view, now) && <i class="strip__now" style={{ left: `${percentAt(now, view)}%` }} />}
        {heard !== null && <i class="strip__position" style={{ left: `${percentAt(heard, view)}%` }} />}
        {cursor.value !== null && <i class="strip__cursor" style={{ left: `${percentAt(at, view)}%` }} />}
      </div>
      {hint !== null && (
        <div class="seek__hint" style={{ left: `${clamp(percentAt(hint, view), 8, 92)}%` }} aria-hidden="true">
          {formatClock(hint, 'seconds')}
          <span>{describeAt(timeline, hint, now)}</span>
        </div>
      )}
      <div class="strip__ticks" aria-hidden="true">
        {ticks(view, 8).map((ms) => (
          <span key={ms} style={{ left: `${percentAt(ms, view)}%` }}>
            {ms === view.toMs && formatClock(ms) === '00:00' ? '24:00' : formatClock(ms)}
          </span>
        ))}
      </div>
    </div>
  );
}

function Bars(props: { class: string; pieces: readonly Stretch[]; view: Span }): JSX.Element {
  const spans = props.pieces.map((piece) => ({ fromMs: piece.from_ms, toMs: piece.to_ms }));
  return (
    <>
      {thin(spans, props.view).map((span) => {
        const bar = barOf(span.fromMs, span.toMs, props.view, 0.2);
        return (
          bar && <i key={span.fromMs} class={props.class} style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />
        );
      })}
    </>
  );
}
