import { signal } from '@preact/signals';

export interface Notice {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** What has just happened, said for a few seconds at the foot of the page. */
export const notice = signal<Notice | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, action?: Notice['action']): void {
  notice.value = action ? { text, action } : { text };
  clearTimeout(timer);
  timer = setTimeout(
    () => {
      notice.value = null;
    },
    action ? 8000 : 4000,
  );
}

export function hush(): void {
  clearTimeout(timer);
  notice.value = null;
}
