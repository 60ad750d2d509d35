import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from './host-pattern.ts';

describe('matchesPattern', () => {
  it('agrees with the regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 6 });
    fc.assert(
      fc.property(text, pattern, (host, glob) => {
        const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesPattern(host, glob)).toBe(new RegExp(`^${source}$`).test(host));
      }),
      { numRuns: 2_000 },
    );
  });
});
