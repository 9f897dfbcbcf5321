import type { Player } from './player';

/** Puts the player under the keyboard's media keys, the lock screen and the headset's button. Returns how to let go. */
export function bindMediaKeys(player: Player, toTitle: (by: 1 | -1) => void): () => void {
  if (!('mediaSession' in navigator)) return () => undefined;
  const session = navigator.mediaSession;
  const handlers: readonly (readonly [MediaSessionAction, MediaSessionActionHandler])[] = [
    [
      'play',
      () => {
        player.play();
      },
    ],
    [
      'pause',
      () => {
        player.pause();
      },
    ],
    [
      'seekbackward',
      (details) => {
        player.skip(-(details.seekOffset ?? 15));
      },
    ],
    [
      'seekforward',
      (details) => {
        player.skip(details.seekOffset ?? 30);
      },
    ],
    [
      'seekto',
      (details) => {
        if (details.seekTime !== undefined) player.seek(player.startMs.value + details.seekTime * 1000);
      },
    ],
    [
      'previoustrack',
      () => {
        toTitle(-1);
      },
    ],
    [
      'nexttrack',
      () => {
        toTitle(1);
      },
    ],
  ];
  for (const [action, handler] of handlers) {
    try {
      session.setActionHandler(action, handler);
    } catch {
      // A browser that does not know this key has the others.
    }
  }
  return () => {
    for (const [action] of handlers) {
      try {
        session.setActionHandler(action, null);
      } catch {
        // As above.
      }
    }
    session.metadata = null;
  };
}

/** Tells the lock screen what plays and where it is. */
export function showOnLockScreen(player: Player, show: string, title: string | null): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title: title ?? show, artist: title ? show : 'AudioRelay' });
  navigator.mediaSession.playbackState = player.playing.value ? 'playing' : 'paused';
  const duration = (player.endMs.value - player.startMs.value) / 1000;
  const position = (player.positionMs.value - player.startMs.value) / 1000;
  if (duration > 0 && position >= 0 && position <= duration)
    navigator.mediaSession.setPositionState({ duration, position, playbackRate: player.rate.value });
}
