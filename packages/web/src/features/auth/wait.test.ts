import { expect, test } from 'vitest';
import { waitOf } from './wait.ts';

test.each([
  [0.2, { unit: 'seconds', count: 1 }],
  [120, { unit: 'seconds', count: 120 }],
  [121, { unit: 'minutes', count: 3 }],
  [899, { unit: 'minutes', count: 15 }],
  [7_201, { unit: 'hours', count: 3 }],
  [8e9, { unit: 'forever' }],
])('says %d seconds as a person counts them', (seconds, wait) => {
  expect(waitOf(seconds)).toEqual(wait);
});
