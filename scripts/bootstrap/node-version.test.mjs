import { expect, test } from 'vitest';
import { runsTypeScript } from './node-version.mjs';

test.each(['22.18.0', '22.100.0', '24.0.0', '24.21.0', '26.1.0', '24.0.0-nightly20260101'])(
  'takes Node.js %s as it is',
  (version) => {
    expect(runsTypeScript(version)).toBe(true);
  },
);

test.each(['18.20.4', '20.20.2', '22.2.0', '22.17.9', '23.11.0'])('does not run on Node.js %s', (version) => {
  expect(runsTypeScript(version)).toBe(false);
});
