import { observable } from '../../../lib/observable.ts';

/** Output that stops for this long counts as done. */
export const quietMs = 5_000;

/** Why a command is taken to be done. */
export type DoneReason = 'quiet' | 'bell' | 'ended';

/** Waits once for a command to be done: output stops after there was some, the bell rings, or the session ends. */
export class DoneWatch {
  readonly isOn = observable(false);
  readonly #onDone: (reason: DoneReason) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onDone: (reason: DoneReason) => void) {
    this.#onDone = onDone;
  }

  start(): void {
    this.isOn.set(true);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.isOn.set(false);
  }

  /** The server sent output. */
  heard(): void {
    if (!this.isOn.get()) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#done('quiet');
    }, quietMs);
  }

  rang(): void {
    this.#done('bell');
  }

  ended(): void {
    this.#done('ended');
  }

  #done(reason: DoneReason): void {
    if (!this.isOn.get()) return;
    this.stop();
    this.#onDone(reason);
  }
}
