/** The value below which the given part of the samples lies; `undefined` without samples. */
export function quantile(samples: readonly number[], part: number): number | undefined {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Median and 99th percentile, in the unit of the samples. */
export function spread(samplesMs: readonly number[]): { p50Ms: number | undefined; p99Ms: number | undefined } {
  return { p50Ms: quantile(samplesMs, 0.5), p99Ms: quantile(samplesMs, 0.99) };
}
