import { createRandom, type Random } from './random.ts';

/** A positive whole number of the environment; `npm run fuzz` sets them. */
function setting(name: string, fallback: number): number {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be a whole number`);
  return value;
}

const onlyCase = process.env['FUZZ_CASE'];

/** What is random depends on the seed and the number of the case alone, so that one case can be run again by itself. */
export const fuzz = {
  seed: setting('FUZZ_SEED', 20_260_102),
  requests: setting('FUZZ_REQUESTS', 4_000),
  frames: setting('FUZZ_FRAMES', 2_000),
  /** The numbers of the cases of a run, or the one to run again. */
  cases: (count: number): readonly number[] =>
    onlyCase === undefined ? Array.from({ length: count }, (_, at) => at) : [setting('FUZZ_CASE', 0)],
  isReplay: onlyCase !== undefined,
};

/** Spreads neighbouring numbers over all seeds (the golden ratio of 32 bits). */
const spread = 0x9e3779b1;

export function randomOfCase(seed: number, number: number): Random {
  return createRandom(seed + Math.imul(number, spread));
}

/** What to run to see a case again. */
export function replayOf(seed: number, number: number): string {
  return `npm run fuzz -- --seed ${seed} --case ${number}`;
}
