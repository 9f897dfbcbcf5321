import type { JSX } from 'preact';

const paths = {
  play: 'M8 5.2v13.6c0 .8.9 1.3 1.6.8l10-6.8c.6-.4.6-1.2 0-1.6l-10-6.8c-.7-.5-1.6 0-1.6.8z',
  pause: 'M7 5h3.4v14H7zM13.6 5H17v14h-3.4z',
} as const;

const strokes = {
  back: 'M11.5 4.5 7 8l4.5 3.5M7 8h6.5a5.75 5.75 0 1 1-5.3 8',
  forward: 'M12.5 4.5 17 8l-4.5 3.5M17 8h-6.5a5.75 5.75 0 1 0 5.3 8',
  volume: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11',
  muted: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  download: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 19.5h14',
  left: 'M14.5 6 8.5 12l6 6',
  right: 'M9.5 6l6 6-6 6',
  first: 'M17.5 6l-6 6 6 6M7 6v12',
  last: 'M6.5 6l6 6-6 6M17 6v12',
  bookmark: 'M7 4.5h10v15l-5-4-5 4z',
  search: 'M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5',
  edit: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 11v5M13.5 11v5',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.5l3 2',
  out: 'M14 5H6v14h8M11 12h9M17 8.5l3.5 3.5-3.5 3.5',
  locate: 'M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM12 3v4M12 17v4M3 12h4M17 12h4',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  auto: 'M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17',
  help: 'M9 9a3 3 0 1 1 4.6 2.5c-.9.6-1.6 1.2-1.6 2.5M12 17.5v.2',
  close: 'M6 6l12 12M18 6 6 18',
  calendar: 'M4.5 7.5h15v12h-15zM4.5 11h15M8.5 4.5v4M15.5 4.5v4',
  radio: 'M5 12v2M8.5 9v8M12 5.5v13M15.5 8.5v7M19 11v2',
} as const;

export type IconName = keyof typeof paths | keyof typeof strokes;

/** Decoration only: whatever carries an icon has a name of its own for those who do not see it. */
export function Icon({ name, size = 22 }: { name: IconName; size?: number }): JSX.Element {
  const filled = name in paths;
  const d = filled ? paths[name as keyof typeof paths] : strokes[name as keyof typeof strokes];
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={d}
        fill={filled ? 'currentColor' : 'none'}
        stroke={filled ? 'none' : 'currentColor'}
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
