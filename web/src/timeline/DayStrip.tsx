import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Gap, Timeline } from '../api/types';
import type { ShowModel } from '../show/model';
import { dayBounds, dayOf, shiftDay } from '../time/days';
import { formatClock, formatDay, formatDuration } from '../time/format';
import { Icon } from '../ui/icons';
import { Problem } from '../ui/Problem';
import { causeInWords } from './causes';
import { closeUp } from './geometry';
import { Strip } from './Strip';

const mostGaps = 100;
const empty: Timeline = { windows: [], sections: [], gaps: [], titles: [] };

/** One local day as a strip: what was wanted, what was recorded, what is missing and why. A click plays from there. */
export function DayStrip({ model, upToDate }: { model: ShowModel; upToDate: boolean }): JSX.Element {
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
        <Strip
          key={day}
          model={model}
          view={whole.value || !close ? view : close}
          timeline={timeline}
          upToDate={upToDate}
        />
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

function Gaps({ gaps }: { gaps: readonly Gap[] }): JSX.Element | null {
  if (gaps.length === 0) return null;
  return (
    <details class="gaps">
      <summary>{gaps.length === 1 ? 'One gap' : `${gaps.length} gaps`} in what was wanted</summary>
      {/* It scrolls when it is long, also from a keyboard. */}
      <ul tabIndex={0} aria-label="Gaps">
        {gaps.slice(0, mostGaps).map((gap) => (
          <li key={gap.from_ms}>
            <span class="gaps__time">
              {formatClock(gap.from_ms, 'seconds')} – {formatClock(gap.to_ms, 'seconds')}
            </span>
            <span>{formatDuration(gap.to_ms - gap.from_ms)}</span>
            <span class="gaps__cause" title={gap.detail ?? undefined}>
              {causeInWords(gap.cause)}
              {gap.detail && <small> · {gap.detail}</small>}
            </span>
          </li>
        ))}
        {gaps.length > mostGaps && <li class="muted">and {gaps.length - mostGaps} more</li>}
      </ul>
    </details>
  );
}
