import type Hls from 'hls.js';
import type { ErrorData, HlsConfig, LevelDetails } from 'hls.js';
import { liveDistanceS } from './liveDistance';
import { MediaClock } from './mediaClock';

export interface SourceEvents {
  /** The playlist was read, or read again; the clock translates its times. */
  onClock(clock: MediaClock, targetSeconds: number): void;
  /** Sound arrived: whatever was wrong is over. */
  onSound(): void;
  /** The decoder choked. True when it may be opened again at once. */
  onChoke(): boolean;
  /** Playback cannot go on by itself. */
  onTrouble(message: string): void;
  /** Nor with this source: it is closed. */
  onEnd(message: string): void;
}

/** Something that feeds an audio element from a playlist. */
export interface Source {
  /** Where the player should go to be live, if the playlist grows. */
  livePosition(): number | null;
  /** Tries again after trouble. */
  revive(): void;
  close(): void;
}

type HlsClass = typeof Hls;
let loading: Promise<HlsClass> | null = null;

/** The player library comes in its own file, fetched while the page is drawn; a failed fetch may be tried again. */
export function loadHls(): Promise<HlsClass> {
  loading ??= import('hls.js/light').then(
    (module) => module.default,
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

const quickFailure = {
  default: { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 20_000, timeoutRetry: null, errorRetry: null },
};

/** Retries are ours, so that the listener can see them and they follow one schedule. */
const config: Partial<HlsConfig> = {
  enableWorker: false,
  maxBufferLength: 60,
  backBufferLength: 300,
  liveDurationInfinity: true,
  // Titles come from the journal; cues would need a text track, which our content security policy does not load.
  enableID3MetadataCues: false,
  enableEmsgMetadataCues: false,
  enableDateRangeMetadataCues: false,
  manifestLoadPolicy: quickFailure,
  playlistLoadPolicy: quickFailure,
  fragLoadPolicy: quickFailure,
};

/** Plays through hls.js, wherever the browser has media source extensions: also in Chrome, whose own HLS is young. */
export function hlsSource(
  hlsClass: HlsClass,
  audio: HTMLAudioElement,
  url: string,
  startS: number,
  events: SourceEvents,
): Source {
  const hls = new hlsClass({ ...config, startPosition: startS });
  let read = false;

  const report = (details: LevelDetails): void => {
    read = true;
    keepDistance(details);
    events.onClock(clockOf(details), details.targetduration);
  };
  // The list's own promise decides how near to its end live is played: before the first place is chosen, and when it had to be raised.
  let promised = 0;
  const keepDistance = (details: LevelDetails | undefined): void => {
    if (details === undefined || details.targetduration === promised) return;
    promised = details.targetduration;
    hls.targetLatency = liveDistanceS(promised);
  };
  hls.on(hlsClass.Events.MANIFEST_PARSED, (_, data) => {
    keepDistance(data.levels[0]?.details);
  });
  hls.on(hlsClass.Events.LEVEL_UPDATED, (_, data) => {
    report(data.details);
  });
  hls.on(hlsClass.Events.FRAG_BUFFERED, () => {
    events.onSound();
  });
  hls.on(hlsClass.Events.ERROR, (_, data) => {
    const message = troubleInWords(data, data.type === hlsClass.ErrorTypes.NETWORK_ERROR);
    // hls.js itself opens a decoder that choked on what it had taken again, at once and without end; such an error is not fatal to it.
    const reset = data.details === hlsClass.ErrorDetails.MEDIA_SOURCE_REQUIRES_RESET;
    if (reset || (data.fatal && data.type === hlsClass.ErrorTypes.MEDIA_ERROR)) {
      if (!events.onChoke()) {
        hls.destroy();
        events.onEnd(message);
      } else if (data.fatal) hls.recoverMediaError();
    } else if (data.fatal) events.onTrouble(message);
  });
  hls.loadSource(url);
  hls.attachMedia(audio);

  return {
    livePosition: () => hls.liveSyncPosition,
    revive: () => {
      if (!read) hls.loadSource(url);
      else hls.startLoad(audio.currentTime);
    },
    close: () => {
      hls.destroy();
    },
  };
}

/** Plays through the browser's own HLS, for the phones that have nothing else. */
export function nativeSource(audio: HTMLAudioElement, url: string, wallMs: number, events: SourceEvents): Source {
  const listeners = new AbortController();
  const { signal } = listeners;
  const report = (): void => {
    const start = (audio as { getStartDate?: () => Date }).getStartDate?.().getTime() ?? Number.NaN;
    const durationS = Number.isFinite(audio.duration)
      ? audio.duration
      : audio.seekable.length
        ? audio.seekable.end(0)
        : 0;
    events.onClock(new MediaClock([{ startS: 0, durationS, wallMs: Number.isFinite(start) ? start : wallMs }]), 6);
  };
  audio.addEventListener('loadedmetadata', report, { signal });
  audio.addEventListener('durationchange', report, { signal });
  audio.addEventListener(
    'playing',
    () => {
      events.onSound();
    },
    { signal },
  );
  audio.addEventListener(
    'error',
    () => {
      events.onTrouble('The sound could not be loaded.');
    },
    { signal },
  );
  audio.src = url;
  return {
    livePosition: () =>
      Number.isFinite(audio.duration) || audio.seekable.length === 0 ? null : audio.seekable.end(0) - 6,
    revive: () => {
      const at = audio.currentTime;
      audio.load();
      audio.currentTime = at;
    },
    close: () => {
      listeners.abort();
      audio.removeAttribute('src');
      audio.load();
    },
  };
}

function clockOf(details: LevelDetails): MediaClock {
  return new MediaClock(
    details.fragments
      .filter((fragment) => fragment.programDateTime !== null)
      .map((fragment) => ({
        startS: fragment.start,
        durationS: fragment.duration,
        wallMs: fragment.programDateTime ?? 0,
      })),
  );
}

function troubleInWords(data: ErrorData, network: boolean): string {
  const status = data.response?.code ?? 0;
  if (status === 410) return 'This part is no longer kept.';
  if (status === 404) return 'This sound is not there.';
  if (status >= 400) return `The sound could not be loaded (${status}).`;
  return network ? 'The connection to AudioRelay is lost.' : 'The browser could not play this sound.';
}
