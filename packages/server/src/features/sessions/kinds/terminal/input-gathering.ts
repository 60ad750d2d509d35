/** Above this size, bytes are sent at once. */
const fullBytes = 16 * 1024;
/** How long bytes may wait for further ones. */
const maxWaitMs = 2;

/** Combines many small frames into few writes. */
export interface InputGathering {
  readonly add: (bytes: Buffer) => void;
}

/**
 * Input after a pause is written at once. Input in consecutive turns of the event loop is gathered: each write becomes a packet that is encrypted,
 * sent and acknowledged separately, which for a frame of one byte costs more than everything else.
 */
export function gatherInput(
  write: (bytes: Buffer) => void,
  nowMs: () => number = () => performance.now(),
): InputGathering {
  let waiting: Buffer[] = [];
  let size = 0;
  let isWatching = false;
  let hasArrived = false;
  let isQuiet = false;
  let writtenAtMs = 0;

  const flush = () => {
    const bytes = Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
    writtenAtMs = nowMs();
    write(bytes);
  };
  // Called once per turn, until two turns in a row bring nothing.
  const watch = () => {
    const goesOn = hasArrived;
    hasArrived = false;
    if (size > 0 && (!goesOn || nowMs() - writtenAtMs >= maxWaitMs)) flush();
    isWatching = goesOn || !isQuiet;
    isQuiet = !goesOn;
    if (isWatching) setImmediate(watch);
  };
  return {
    add(bytes) {
      waiting.push(bytes);
      size += bytes.length;
      hasArrived = isWatching;
      if (!isWatching || size >= fullBytes) flush();
      if (isWatching) return;
      isWatching = true;
      isQuiet = false;
      setImmediate(watch);
    },
  };
}
