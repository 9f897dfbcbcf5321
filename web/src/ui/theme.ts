import { effect, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const key = 'audiorelay_theme';

function read(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

export const theme = signal<Theme>(read());

/** Follows the system until somebody chooses; the choice is an attribute that the style sheet reads. */
export function applyTheme(): void {
  effect(() => {
    const chosen = theme.value;
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    try {
      if (chosen === 'system') localStorage.removeItem(key);
      else localStorage.setItem(key, chosen);
    } catch {
      // Remembering is a courtesy.
    }
  });
}

export function nextTheme(current: Theme): Theme {
  return current === 'system' ? 'dark' : current === 'dark' ? 'light' : 'system';
}
