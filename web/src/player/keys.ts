export type Command =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'skip'; readonly seconds: number }
  | { readonly kind: 'volume'; readonly by: number }
  | { readonly kind: 'mute' }
  | { readonly kind: 'speed'; readonly by: 1 | -1 }
  | { readonly kind: 'title'; readonly by: 1 | -1 }
  | { readonly kind: 'live' }
  | { readonly kind: 'timeMode' }
  | { readonly kind: 'jump' }
  | { readonly kind: 'bookmark' }
  | { readonly kind: 'search' }
  | { readonly kind: 'help' };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** What has the focus: a field takes all keys, a slider its arrows, a button space and enter. */
export type Focus = 'page' | 'field' | 'slider' | 'button';

/** What a key means to the player, or null when it is not ours to take. */
export function commandFor(press: KeyPress, focus: Focus): Command | null {
  if (press.ctrlKey || press.altKey || press.metaKey || focus === 'field') return null;
  if (focus === 'slider' && /^(Arrow|Page|Home|End)/.test(press.key)) return null;
  if (focus === 'button' && press.key === ' ') return null;
  switch (press.key) {
    case ' ':
    case 'k':
    case 'K':
      return { kind: 'toggle' };
    case 'j':
    case 'J':
      return { kind: 'skip', seconds: -15 };
    case 'l':
    case 'L':
      return { kind: 'skip', seconds: 30 };
    case 'ArrowLeft':
      return { kind: 'skip', seconds: press.shiftKey ? -60 : -5 };
    case 'ArrowRight':
      return { kind: 'skip', seconds: press.shiftKey ? 60 : 5 };
    case 'ArrowUp':
      return { kind: 'volume', by: 0.1 };
    case 'ArrowDown':
      return { kind: 'volume', by: -0.1 };
    case 'm':
    case 'M':
      return { kind: 'mute' };
    case '>':
    case '.':
      return { kind: 'speed', by: 1 };
    case '<':
    case ',':
      return { kind: 'speed', by: -1 };
    case 'n':
    case 'N':
      return { kind: 'title', by: 1 };
    case 'p':
    case 'P':
      return { kind: 'title', by: -1 };
    case 'g':
    case 'G':
      return { kind: 'live' };
    case 't':
    case 'T':
      return { kind: 'timeMode' };
    case 'd':
    case 'D':
      return { kind: 'jump' };
    case 'b':
    case 'B':
      return { kind: 'bookmark' };
    case '/':
      return { kind: 'search' };
    case '?':
      return { kind: 'help' };
    default:
      return null;
  }
}

/** The same, for the help dialog. */
export const keyHelp: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['Space', 'K'], 'Play or pause'],
  [['J'], 'Back 15 seconds'],
  [['L'], 'Forward 30 seconds'],
  [['←', '→'], 'Back or forward 5 seconds'],
  [['Shift ←', 'Shift →'], 'Back or forward one minute'],
  [['↑', '↓'], 'Louder or quieter'],
  [['M'], 'Sound off or on'],
  [['<', '>'], 'Slower or faster'],
  [['P', 'N'], 'Previous or next title'],
  [['G'], 'Go live'],
  [['T'], 'Hour, clock or elapsed time'],
  [['D'], 'Jump to a date and time'],
  [['B'], 'Bookmark what you hear'],
  [['/'], 'Search titles'],
  [['?'], 'This help'],
];
