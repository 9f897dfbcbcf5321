import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Session } from '../api/types';
import type { ShowModel } from '../show/model';
import { rowId, spanOf } from '../show/sessions';
import { followHour, hourWindow, neighbourHour } from '../time/hours';
import { formatClock, formatDuration, formatOffset, formatSpan } from '../time/format';
import { contains, type Span } from '../time/span';
import { Icon } from '../ui/icons';
import { PlayerStatus } from './PlayerStatus';
import { SeekBar } from './SeekBar';
import { marksOf, modeNames, stepTimeMode, timeMode, viewOf } from './timeMode';
import { Transport } from './Transport';

/** What plays now, and everything one does to it. */
export function PlayerCard({ model }: { model: ShowModel }): JSX.Element {
  const { player } = model;
  const session = player.session.value;
  const growing = model.growing.value;
  const shown = session ?? growing ?? model.known.value[0] ?? null;
  const hour = useSignal<Span | null>(null);
  const previous = useRef(0);

  useSignalEffect(() => {
    const position = player.positionMs.value;
    if (player.session.value === null) return;
    const view = hour.peek();
    // A jump of the listener's is always followed; playing on only while it was in view.
    const jumped = Math.abs(position - previous.current) > 5000;
    hour.value = view === null || jumped ? hourWindow(position) : followHour(view, previous.current, position);
    previous.current = position;
  });

  const last = session ? null : model.lastListened();
  // A programme that runs now comes first; what was heard last only when it is another recording.
  const resume = last?.session.section_id === growing?.section_id ? null : last;
  const start = (): void => {
    if (session) player.toggle();
    else if (resume) model.playSession(resume.session, { atMs: resume.atMs });
    else if (growing) model.playLive();
    else if (shown) model.playSession(shown);
  };

  return (
    <section class="card player" aria-label="Player">
      <div class="player__head">
        <div class="player__what">
          <h1 class="player__title" aria-live="polite">
            {model.title.value ?? model.name}
          </h1>
          <p class="player__where">
            {model.title.value !== null && <span class="player__show">{model.name}</span>}
            {shown && (
              <span>
                {formatSpan(shown.timestamp_ms, shown.ended ? spanOf(shown).toMs : null, Date.now())}
                {' · '}
                {/* What is heard of it may be newer than what was told of it. */}
                {formatDuration(player.growing.value ? player.endMs.value - player.startMs.value : shown.duration_ms)}
              </span>
            )}
          </p>
        </div>
        <LiveBadge model={model} />
      </div>

      {session && (
        <Position
          model={model}
          hour={hour.value}
          onHour={(next) => {
            hour.value = next;
          }}
        />
      )}

      <Transport player={player} ready={shown !== null} onPlay={start} />

      {!session && (
        <p class="player__invite">
          {resume
            ? `Continue at ${formatClock(resume.atMs)}`
            : growing
              ? 'Press play to listen live'
              : shown
                ? 'Press play for the newest recording'
                : model.sessions.value.state === 'ready'
                  ? 'Nothing has been recorded yet. The first sound appears here by itself.'
                  : null}
        </p>
      )}
      <div class="player__choices">
        {!session && growing && (
          <>
            <button
              type="button"
              class="button button--quiet"
              onClick={() => {
                model.playSession(growing, { atMs: growing.timestamp_ms });
              }}
            >
              From the beginning
            </button>
            {last && (
              <button
                type="button"
                class="button button--quiet"
                onClick={() => {
                  if (last.session.section_id === growing.section_id) model.playSession(growing, { atMs: last.atMs });
                  else model.playLive();
                }}
              >
                {last.session.section_id === growing.section_id
                  ? `Continue at ${formatClock(last.atMs)}`
                  : 'Listen live'}
              </button>
            )}
          </>
        )}
        {session && model.keepsBookmarks && (
          <button
            type="button"
            class="button button--quiet"
            title="Bookmark what you hear (B)"
            onClick={() => {
              model.bookmarkHere();
            }}
          >
            <Icon name="bookmark" size={18} /> Bookmark
          </button>
        )}
        {shown && (
          <button
            type="button"
            class="button button--quiet"
            title="Jump to a date and time (D)"
            onClick={() => {
              model.dialog.value = { kind: 'jump' };
            }}
          >
            <Icon name="clock" size={18} /> Jump to
          </button>
        )}
        {session && (
          <>
            <button
              type="button"
              class="button button--quiet"
              onClick={() => {
                model.dialog.value = { kind: 'share', session };
              }}
            >
              <Icon name="link" size={18} /> Share or save
            </button>
            <button
              type="button"
              class="button button--quiet"
              onClick={() => {
                goToRow(model, session);
              }}
            >
              <Icon name="locate" size={18} /> Show in list
            </button>
          </>
        )}
      </div>
      <PlayerStatus player={player} />
    </section>
  );
}

/** Turns the list to the recording, and the page and the focus to its row. */
function goToRow(model: ShowModel, session: Session): void {
  model.showInList(session);
  requestAnimationFrame(() => {
    const row = document.getElementById(rowId(session));
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector('button')?.focus({ preventScroll: true });
  });
}

function LiveBadge({ model }: { model: ShowModel }): JSX.Element | null {
  const { player } = model;
  const behind = player.behindMs.value;
  if (player.session.value === null || behind === null) {
    return model.growing.value && player.session.value === null ? (
      <span class="badge badge--live">
        <i aria-hidden="true" /> Recording now
      </span>
    ) : null;
  }
  const delay = player.delayMs.value ?? behind;
  if (player.live.value) {
    return (
      <span class="player__live">
        <span class="badge badge--live">
          <i aria-hidden="true" /> Live
        </span>
        {player.playing.value && (
          <small class="player__delay" title="From being sent to being heard here">
            {formatDuration(delay)} behind live
          </small>
        )}
      </span>
    );
  }
  return (
    <button
      type="button"
      class="badge badge--behind"
      title="Go live (G)"
      onClick={() => {
        player.goLive();
      }}
    >
      <i aria-hidden="true" /> Go live <span class="badge__delay">−{formatOffset(delay)}</span>
    </button>
  );
}

interface PositionProps {
  model: ShowModel;
  hour: Span | null;
  onHour: (hour: Span | null) => void;
}

function Position({ model, hour, onHour }: PositionProps): JSX.Element {
  const mode = timeMode.value;
  const { player } = model;
  const position = player.positionMs.value;
  const session: Span = { fromMs: player.startMs.value, toMs: Math.max(player.endMs.value, position) };
  const view = viewOf(mode, hour, session, position);
  const before = mode === 'hour' ? neighbourHour(view, -1, session) : null;
  const after = mode === 'hour' ? neighbourHour(view, 1, session) : null;
  return (
    <div class="position">
      <div class="position__bar">
        {mode === 'hour' && (
          <button
            type="button"
            class="icon-button"
            disabled={!before}
            aria-label="Show the hour before"
            title="The hour before"
            onClick={() => {
              onHour(before);
            }}
          >
            <Icon name="left" />
          </button>
        )}
        <SeekBar
          view={view}
          session={session}
          positionMs={position}
          mode={mode}
          marks={marksOf(mode, view)}
          titles={model.titles.value}
          gaps={model.sessionTimeline.value?.gaps ?? []}
          onSeek={(ms) => {
            player.seek(ms);
          }}
        />
        {mode === 'hour' && (
          <button
            type="button"
            class="icon-button"
            disabled={!after}
            aria-label="Show the hour after"
            title="The hour after"
            onClick={() => {
              onHour(after);
            }}
          >
            <Icon name="right" />
          </button>
        )}
      </div>
      <div class="position__line">
        <span class="position__now">
          {mode === 'relative' ? formatOffset(position - session.fromMs) : formatClock(position, 'seconds')}
        </span>
        <button
          type="button"
          class="chip"
          title="Hour, clock or elapsed time (T)"
          aria-label={`Time shown as: ${modeNames[mode]}. Change`}
          onClick={stepTimeMode}
        >
          {modeNames[mode]}
        </button>
        {mode === 'hour' && !contains(view, position) && (
          <button
            type="button"
            class="chip"
            onClick={() => {
              onHour(hourWindow(position));
            }}
          >
            Back to {formatClock(position)}
          </button>
        )}
        <span class="position__left">
          {mode === 'absolute' ? formatClock(session.toMs, 'seconds') : formatOffset(position - session.toMs)}
        </span>
      </div>
    </div>
  );
}
