import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The resolution of the measurement. */
const resolutionMs = 20;
const nsPerMs = 1_000_000;
/** A mean delay that users notice everywhere. */
export const maxMeanDelayMs = 200;
/** How long the delay must be above it before the server counts as not ready. */
const delayedForMs = 10_000;
const lookEveryMs = 100;
/** The period of one mean. */
const meanOverMs = 1_000;

/** The delays of the event loop, in milliseconds. */
export interface LoopDelay {
  readonly meanMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Measures the delay of the event loop from its creation on. */
export interface LoopWatch extends Disposable {
  /** The delays since the last call. */
  readonly take: () => LoopDelay;
  /** Rejects while the mean delay of each of the last ten seconds was above `maxMeanDelayMs`. */
  readonly check: () => Promise<void>;
}

interface Bounds {
  readonly maxMeanMs: number;
  readonly forMs: number;
  readonly everyMs: number;
  readonly overMs: number;
}

/** Starts to measure, in milliseconds. */
export function watchEventLoop(bounds: Partial<Bounds> = {}): LoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const { maxMeanMs = maxMeanDelayMs, forMs = delayedForMs, everyMs = lookEveryMs, overMs = meanOverMs } = bounds;
  const delayedMs = watchMeans({ maxMeanMs, forMs, everyMs, overMs });
  return {
    take: () => takeFrom(histogram),
    check: () =>
      delayedMs.value >= forMs
        ? Promise.reject(new Error(`the event loop was delayed by more than ${maxMeanMs} ms for ${forMs} ms`))
        : Promise.resolve(),
    [Symbol.dispose]() {
      delayedMs.stop();
      histogram.disable();
    },
  };
}

/** How long each mean has been above the bound. It has its own timer because a histogram forgets the first delay after each reset. */
function watchMeans({ maxMeanMs, everyMs, overMs }: Bounds) {
  let lookedAtMs = performance.now();
  let begunAtMs = lookedAtMs;
  let delays: number[] = [];
  let value = 0;
  // Not a job: it measures how late a timer is, so it must not wait for the end of its last run.
  const timer = setInterval(() => {
    const now = performance.now();
    delays.push(Math.max(0, now - lookedAtMs - everyMs));
    lookedAtMs = now;
    if (now - begunAtMs < overMs) return;
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    value = mean > maxMeanMs ? value + (now - begunAtMs) : 0;
    delays = [];
    begunAtMs = now;
  }, everyMs).unref();
  return {
    get value() {
      return value;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Node.js measures the interval between two timers, which without any delay equals the resolution. */
function takeFrom(histogram: ReturnType<typeof monitorEventLoopDelay>): LoopDelay {
  const delayMs = (ns: number) => (Number.isFinite(ns) ? Math.max(0, ns / nsPerMs - resolutionMs) : 0);
  const isEmpty = histogram.count === 0;
  const delay = {
    meanMs: isEmpty ? 0 : delayMs(histogram.mean),
    p99Ms: isEmpty ? 0 : delayMs(histogram.percentile(99)),
    maxMs: isEmpty ? 0 : delayMs(histogram.max),
  };
  histogram.reset();
  return delay;
}
