/** The sustained rate of frames. Typing, mouse reports and pasted text stay below a thousand; a faster client is read more slowly. */
const framesPerSecond = 5_000;
/** The burst after a pause. */
export const framesAtOnce = 10_000;
/** The shortest pause. */
const minRestMs = 100;

/** Limits the frames of one socket, so that its client cannot use up the processor. */
export interface FrameAllowance {
  /** A frame arrived. */
  readonly take: () => void;
  /** A frame was sent, which the client may answer with one. */
  readonly give: () => void;
  readonly stop: () => void;
}

/** Calls back when to stop reading from a client, and when to continue. */
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
    // Frames that have already arrived are delivered during the pause, too.
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
