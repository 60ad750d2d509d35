/** What a client may send for ever. Typing, mouse reports and pasted text stay below a thousand; one that sends more is read more slowly. */
const framesPerSecond = 5_000;
/** And in a row, after a rest. */
export const framesAtOnce = 10_000;
/** How long reading rests at least. */
const minRestMs = 100;

/** Bounds how many frames of one socket are read, so that its client cannot use up the processor. */
export interface FrameAllowance {
  /** A frame came. */
  readonly take: () => void;
  /** A frame goes out, which the client may answer with one. */
  readonly give: () => void;
  readonly stop: () => void;
}

/** Says when a client has sent too much and is not to be read, and when it may send again. */
export function limitFrames(
  setResting: (isResting: boolean) => void,
  now: () => number = () => performance.now(),
): FrameAllowance {
  let left = framesAtOnce;
  let countedAtMs = now();
  let resting: NodeJS.Timeout | undefined;

  const count = (frames: number) => {
    const nowMs = now();
    left = Math.min(framesAtOnce, left + ((nowMs - countedAtMs) / 1000) * framesPerSecond + frames);
    countedAtMs = nowMs;
  };
  const wake = () => {
    resting = undefined;
    count(0);
    // Frames that had already arrived are handed over during the rest, too.
    if (left < 0) sleep();
    else setResting(false);
  };
  const sleep = () => {
    resting = setTimeout(wake, Math.max(minRestMs, (-left / framesPerSecond) * 1000));
  };
  return {
    take() {
      count(-1);
      if (left >= 0 || resting !== undefined) return;
      setResting(true);
      sleep();
    },
    give() {
      count(1);
    },
    stop() {
      clearTimeout(resting);
    },
  };
}
