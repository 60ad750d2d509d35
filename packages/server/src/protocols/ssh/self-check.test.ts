import { expect, test } from 'vitest';
import { checkLogins } from './self-check.ts';

test('finds the ssh2 that it knows, and a processor that exchanges keys', () => {
  const stepMs = checkLogins();
  expect(stepMs).toBeGreaterThanOrEqual(0);
  expect(stepMs).toBeLessThan(10_000);
});
