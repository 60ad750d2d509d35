/** Output faster than this, in bytes per millisecond, is a flood: it is too fast to read. */
const readableRate = 2_500;
const floodBytes = 256 * 1024;
/** The capacity of the bucket, in bytes: it limits how long a flood lasts after the output has slowed down. */
const maxLevelBytes = 2 * floodBytes;

/** Measures the rate of output with a leaky bucket. */
export interface FloodGauge {
  arrived(bytes: number): void;
  isFlooded(): boolean;
}

/** `now` is in milliseconds. */
export function createFloodGauge(now: () => number = () => performance.now()): FloodGauge {
  let level = 0;
  let measuredAtMs = now();

  function drain(): void {
    const atMs = now();
    level = Math.max(0, level - (atMs - measuredAtMs) * readableRate);
    measuredAtMs = atMs;
  }

  return {
    arrived(bytes) {
      drain();
      level = Math.min(maxLevelBytes, level + bytes);
    },
    isFlooded() {
      drain();
      return level > floodBytes;
    },
  };
}
