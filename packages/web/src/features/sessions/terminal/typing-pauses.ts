/** Who types a command presses the next key sooner. */
const pauseMs = 1_000;

/** Tells the first key after a pause from those of a command that is being typed. */
export interface TypingPauses {
  /** Returns whether no key was pressed for a while before this one. */
  readonly typed: (nowMs: number) => boolean;
}

/** Watches the keys of one terminal. */
export function createTypingPauses(): TypingPauses {
  let latestMs = -Infinity;
  return {
    typed(nowMs) {
      const isFirst = nowMs - latestMs >= pauseMs;
      latestMs = nowMs;
      return isFirst;
    },
  };
}
