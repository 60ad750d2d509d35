import { expect, test } from 'vitest';
import { descriptorLimit, fitToDescriptors } from './descriptors.ts';

const limits = { max: 2_000, reserved: 500 };

test('knows how many descriptors this process may open', () => {
  const limit = descriptorLimit();
  if (process.platform === 'linux') expect(limit).toBeGreaterThan(0);
  expect(descriptorLimit('/nonexistent')).toBeUndefined();
});

test.each([undefined, 4_256, 1_048_576])('takes the limits as they are with %s descriptors', (descriptors) => {
  expect(fitToDescriptors(limits, descriptors)).toEqual({ limits, missing: undefined });
});

test.each([
  [1_024, { max: 384, reserved: 96 }],
  [256, { max: 16, reserved: 4 }],
])('lowers them with %s', (descriptors, fitted) => {
  expect(fitToDescriptors(limits, descriptors)).toEqual({ limits: fitted, missing: { needed: 4_256, descriptors } });
});

test('leaves a connection for those who sign in', () => {
  expect(fitToDescriptors({ max: 16, reserved: 500 }, undefined).limits).toEqual({ max: 16, reserved: 15 });
});
