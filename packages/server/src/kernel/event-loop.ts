import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How exactly delays are measured. */
const resolutionMs = 20;
const nsPerMs = 1_000_000;
/** A mean delay that people notice in everything they do. */
export const maxMeanDelayMs = 200;
/** How long the delay has to be above it before the server counts as not ready. */
const delayedForMs = 10_000;
const lookEveryMs = 100;
/** Over how long one mean is taken. */
const meanOverMs = 1_000;

/** How long the event loop let others wait, in milliseconds. */
export interface LoopDelay {
  readonly meanMs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Watches the delay of the event loop, from its creation on. */
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

/** Measures from the call on, in milliseconds. */
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

/** For how long each mean has been above the bound. A timer of its own: the histogram forgets the first delay after each reset. */
function watchMeans({ maxMeanMs, everyMs, overMs }: Bounds) {
  let lookedAtMs = performance.now();
  let begunAtMs = lookedAtMs;
  let delays: number[] = [];
  let value = 0;
  // No job: it measures how late a timer is, so it must not wait for the end of its last run.
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

/** Node.js counts the time between two looks, which without any delay is the resolution. */
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
