import { expect, test } from 'vitest';
import { runsGatehouse } from './node-version.mjs';

test.each(['24.0.0', '24.21.0', '26.1.0', '24.0.0-nightly20260101'])('takes Node.js %s as it is', (version) => {
  expect(runsGatehouse(version)).toBe(true);
});

test.each(['18.20.4', '20.20.2', '22.22.0', '23.11.0'])('does not run on Node.js %s', (version) => {
  expect(runsGatehouse(version)).toBe(false);
});
