/** Output that comes faster than this, in bytes per millisecond, is a flood: nobody reads it while it runs. */
const readableRate = 2_500;
const floodBytes = 256 * 1024;
/** A flood is over this many bytes' worth of time after its end, at the latest. */
const maxLevelBytes = 2 * floodBytes;

/** Measures what arrives, as a leaky bucket does. */
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
