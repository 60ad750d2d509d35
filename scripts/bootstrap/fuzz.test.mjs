import { expect, test } from 'vitest';
import { fuzzSettings } from './fuzz.mjs';
import { Stop } from './stop.mjs';

test('fuzzes much, with the time as the seed', () => {
  expect(fuzzSettings([], 2 ** 32 + 5)).toEqual({
    FUZZ_REQUESTS: '100000',
    FUZZ_FRAMES: '20000',
    FUZZ_KEYS: '100000',
    FUZZ_SEED: '5',
  });
});

test('runs one case of a seed again', () => {
  expect(fuzzSettings(['--seed', '7', '--case', '12'])).toMatchObject({ FUZZ_SEED: '7', FUZZ_CASE: '12' });
});

test.for([['--seed', 'x'], ['--case', '-1'], ['--requests', '1e3'], ['--nonsense'], ['more']])('refuses %s', (args) => {
  expect(() => fuzzSettings(args)).toThrow(Stop);
});
