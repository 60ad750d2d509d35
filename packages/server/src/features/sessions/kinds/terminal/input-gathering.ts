/** More than so many bytes go out at once. */
const fullBytes = 16 * 1024;
/** How long bytes may wait for those that arrive behind them. */
const maxWaitMs = 2;

/** Makes few writes of many small frames. */
export interface InputGathering {
  readonly add: (bytes: Buffer) => void;
}

/**
 * What comes after a rest is written at once. What comes in turns of the event loop right after another is gathered: each write becomes a packet that is
 * encrypted, sent and answered for itself, which for a frame of one byte costs more than all else.
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
  // Called once in each turn, until two in a row brought nothing.
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
