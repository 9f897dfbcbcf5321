import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { commandFor, type Command, type Focus } from '../player/keys';
import { stepTimeMode } from '../player/timeMode';
import { searchHash } from '../ui/route';
import { desk } from './desk';

/** The shortcuts of every page; those of the player go to the show that is open, or else to the one that plays. */
export function useKeys(help: Signal<boolean>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const command = commandFor(event, focusOf(event.target));
      if (!command || !run(command, help)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}

/** False when there is nothing it could be done to. */
function run(command: Command, help: Signal<boolean>): boolean {
  if (command.kind === 'help') {
    help.value = true;
    return true;
  }
  if (command.kind === 'search') {
    const field = document.querySelector<HTMLInputElement>('input[type=search]');
    if (field) field.focus();
    else location.hash = searchHash('');
    return true;
  }
  const model = desk.focus.peek();
  if (!model) return false;
  const { player } = model;
  switch (command.kind) {
    case 'toggle':
      if (player.session.peek()) player.toggle();
      else document.querySelector<HTMLButtonElement>('.play')?.click();
      break;
    case 'skip':
      player.skip(command.seconds);
      break;
    case 'volume':
      player.setVolume(player.volume.peek() + command.by);
      break;
    case 'mute':
      player.toggleMute();
      break;
    case 'speed':
      player.stepRate(command.by);
      break;
    case 'title':
      model.stepTitle(command.by);
      break;
    case 'live':
      model.playLive();
      break;
    case 'timeMode':
      stepTimeMode();
      break;
    case 'jump':
      model.dialog.value = { kind: 'jump' };
      break;
    case 'bookmark':
      if (model.keepsBookmarks) model.bookmarkHere();
      break;
  }
  return true;
}

function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.getAttribute('role') === 'slider') return 'slider';
  if (target instanceof HTMLInputElement) return target.type === 'range' ? 'slider' : 'field';
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return 'field';
  return target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement || target.tagName === 'SUMMARY'
    ? 'button'
    : 'page';
}
