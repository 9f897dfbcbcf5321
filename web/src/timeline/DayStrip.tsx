import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Gap, Timeline } from '../api/types';
import type { ShowModel } from '../show/model';
import { dayBounds, dayOf, shiftDay } from '../time/days';
import { formatClock, formatDay, formatDuration } from '../time/format';
import { clamp, contains, type Span } from '../time/span';
import { Icon } from '../ui/icons';
import { Problem } from '../ui/Problem';
import { causeInWords } from './causes';
import { barOf, closeUp, percentAt, ticks, timeAt } from './geometry';

const empty: Timeline = { windows: [], sections: [], gaps: [], titles: [] };

/** One local day as a strip: what was wanted, what was recorded, what is missing and why. A click plays from there. */
export function DayStrip({ model }: { model: ShowModel }): JSX.Element {
  const day = model.day.value;
  const view = dayBounds(day) ?? { fromMs: 0, toMs: 1 };
  const loaded = model.dayTimeline.value;
  const timeline = loaded.state === 'ready' ? loaded.data : empty;
  const today = dayOf(Date.now());
  const whole = useSignal(false);
  const close = closeUp(view, timeline.sections);
  const go = (to: string): void => {
    model.day.value = to;
  };
  return (
    <section class="card day" aria-label="Timeline of the day">
      <header class="day__head">
        <button
          type="button"
          class="icon-button"
          aria-label="The day before"
          onClick={() => {
            go(shiftDay(day, -1));
          }}
        >
          <Icon name="left" />
        </button>
        <label class="day__date">
          <span>{formatDay(view.fromMs, Date.now())}</span>
          <input
            type="date"
            aria-label="Day"
            value={day}
            max={today}
            onChange={(event) => {
              if (dayBounds(event.currentTarget.value)) go(event.currentTarget.value);
            }}
          />
        </label>
        <button
          type="button"
          class="icon-button"
          aria-label="The day after"
          disabled={day >= today}
          onClick={() => {
            go(shiftDay(day, 1));
          }}
        >
          <Icon name="right" />
        </button>
        {close && (
          <button
            type="button"
            class="chip"
            aria-pressed={whole.value}
            onClick={() => {
              whole.value = !whole.value;
            }}
          >
            {whole.value ? 'Closer' : 'Whole day'}
          </button>
        )}
        <span class="day__sum">{summary(timeline, loaded.state === 'ready')}</span>
      </header>
      {loaded.state === 'failed' ? (
        <Problem
          title="The timeline could not be loaded."
          message={loaded.message}
          onRetry={() => {
            model.retryDay();
          }}
        />
      ) : (
        <Strip model={model} view={whole.value || !close ? view : close} timeline={timeline} />
      )}
      <Gaps gaps={timeline.gaps} />
    </section>
  );
}

function summary(timeline: Timeline, loaded: boolean): string {
  if (!loaded) return '';
  const recorded = timeline.sections.reduce((sum, section) => sum + section.to_ms - section.from_ms, 0);
  if (recorded === 0) return 'Nothing recorded';
  const missing = timeline.gaps.reduce((sum, gap) => sum + gap.to_ms - gap.from_ms, 0);
  return `${formatDuration(recorded)} recorded${missing > 0 ? `, ${formatDuration(missing)} missing` : ''}`;
}

function Strip({ model, view, timeline }: { model: ShowModel; view: Span; timeline: Timeline }): JSX.Element {
  const strip = useRef<HTMLButtonElement>(null);
  const hover = useSignal<number | null>(null);
  const position = model.player.positionMs.value;
  const now = Date.now();
  const at = (event: { clientX: number }): number => {
    const box = strip.current?.getBoundingClientRect();
    return box ? timeAt(event.clientX - box.left, box.width, view) : view.fromMs;
  };
  return (
    <div class="strip">
      <button
        ref={strip}
        type="button"
        class="strip__track"
        aria-label={`Timeline, ${timeline.sections.length} recordings, ${timeline.gaps.length} gaps. Enter plays the first recording of the day`}
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') hover.value = at(event);
        }}
        onPointerLeave={() => {
          hover.value = null;
        }}
        onClick={(event) => {
          // From the keyboard there is no place: the day is played from its beginning.
          model.playAt(event.detail === 0 ? view.fromMs : at(event));
        }}
      >
        {timeline.windows.map((window) => (
          <Piece key={window.from_ms} class="strip__window" from={window.from_ms} to={window.to_ms} view={view} />
        ))}
        {timeline.sections.map((section) => (
          <Piece
            key={section.section_id}
            class={`strip__section${section.ended ? '' : ' strip__section--growing'}`}
            from={section.from_ms}
            to={section.to_ms}
            view={view}
          />
        ))}
        {timeline.gaps.map((gap) => (
          <Piece key={gap.from_ms} class="strip__gap" from={gap.from_ms} to={gap.to_ms} view={view} />
        ))}
        {contains(view, now) && <i class="strip__now" style={{ left: `${percentAt(now, view)}%` }} />}
        {model.player.session.value && contains(view, position) && (
          <i class="strip__position" style={{ left: `${percentAt(position, view)}%` }} />
        )}
      </button>
      {hover.value !== null && (
        <div class="seek__hint" style={{ left: `${clamp(percentAt(hover.value, view), 6, 94)}%` }} aria-hidden="true">
          {formatClock(hover.value)}
          <span>{whatIsAt(timeline, hover.value)}</span>
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

function Piece(props: { class: string; from: number; to: number; view: Span }): JSX.Element | null {
  const bar = barOf(props.from, props.to, props.view, 0.2);
  return bar && <i class={props.class} style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />;
}

function whatIsAt(timeline: Timeline, ms: number): string {
  const gap = timeline.gaps.find((candidate) => ms >= candidate.from_ms && ms < candidate.to_ms);
  if (gap) return causeInWords(gap.cause);
  const section = timeline.sections.find((candidate) => ms >= candidate.from_ms && ms < candidate.to_ms);
  if (!section) return 'Not recorded';
  return timeline.titles.findLast((title) => title.timestamp_ms <= ms)?.text ?? 'Recorded';
}

function Gaps({ gaps }: { gaps: readonly Gap[] }): JSX.Element | null {
  if (gaps.length === 0) return null;
  return (
    <details class="gaps">
      <summary>{gaps.length === 1 ? 'One gap' : `${gaps.length} gaps`} in what was wanted</summary>
      <ul>
        {gaps.map((gap) => (
          <li key={gap.from_ms}>
            <span class="gaps__time">
              {formatClock(gap.from_ms, 'seconds')} – {formatClock(gap.to_ms, 'seconds')}
            </span>
            <span>{formatDuration(gap.to_ms - gap.from_ms)}</span>
            <span class="gaps__cause" title={gap.detail ?? undefined}>
              {causeInWords(gap.cause)}
              {gap.detail && <small> {gap.detail}</small>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
