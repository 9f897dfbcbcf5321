import { computed, effect, signal } from '@preact/signals';
import { hub } from '../api/hub';
import type { Mode } from '../api/types';
import { bindMediaKeys, showOnLockScreen } from '../player/mediaSession';
import { ShowModel } from '../show/model';

/**
 * Who has the sound. A show that plays goes on playing while one looks at other pages, until another one is started.
 */
class Desk {
  /** The show that was started last. */
  readonly sounding = signal<ShowModel | null>(null);
  /** The show whose page is open. */
  readonly open = signal<ShowModel | null>(null);
  /** The one that keys and dialogs are for. */
  readonly focus = computed(() => this.open.value ?? this.sounding.value);

  private release: (() => void) | null = null;

  /** The model for a show's page: the one that plays already, or a new one. */
  enter(mode: Mode, name: string): ShowModel {
    const sounding = this.sounding.peek();
    return sounding?.name === name
      ? sounding
      : new ShowModel(mode, name, hub, (model) => {
          this.start(model);
        });
  }

  /** The page is left; what plays stays. */
  leave(model: ShowModel): void {
    if (this.open.peek() === model) this.open.value = null;
    model.dialog.value = null;
    if (this.sounding.peek() !== model) model.dispose();
  }

  /** Ends what plays. */
  silence(): void {
    const model = this.sounding.peek();
    this.release?.();
    this.release = null;
    this.sounding.value = null;
    if (model && this.open.peek() !== model) model.dispose();
  }

  private start(model: ShowModel): void {
    if (this.sounding.peek() === model) return;
    this.silence();
    this.sounding.value = model;
    const unbind = bindMediaKeys(model.player, (by) => {
      model.stepTitle(by);
    });
    const stop = effect(() => {
      if (model.player.session.value) showOnLockScreen(model.player, model.name, model.title.value);
    });
    this.release = () => {
      stop();
      unbind();
    };
  }
}

export const desk = new Desk();
