const kept = 5;
/** Later output is not an echo, but something else. */
const longestMs = 2_000;

/** Measures the time from a key to the next output: the median of the latest few, in milliseconds. */
export interface EchoTime {
  readonly typed: (nowMs: number) => void;
  /** Returns the new value, when there is one. */
  readonly heard: (nowMs: number) => number | undefined;
}

/** Measures from a key to the next output, in milliseconds. */
export function createEchoTime(): EchoTime {
  const latest: number[] = [];
  let typedAt: number | undefined;
  return {
    typed(nowMs) {
      typedAt ??= nowMs;
    },
    heard(nowMs) {
      if (typedAt === undefined) return undefined;
      const took = nowMs - typedAt;
      typedAt = undefined;
      if (took > longestMs) return undefined;
      latest.push(took);
      if (latest.length > kept) latest.shift();
      return latest.toSorted((a, b) => a - b)[Math.floor(latest.length / 2)];
    },
  };
}
