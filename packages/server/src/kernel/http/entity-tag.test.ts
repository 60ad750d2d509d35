import { describe, expect, it } from 'vitest';
import { entityTag, ifMatchOf, requireMatch } from './entity-tag.ts';

const passes = (header: string | undefined, version: number): boolean => {
  try {
    requireMatch(ifMatchOf(header), version, 'identity_changed');
    return true;
  } catch {
    return false;
  }
};

describe('If-Match', () => {
  it.each([
    [undefined, true],
    ['*', true],
    [entityTag(3), true],
    ['"1", "3"', true],
    ['"1","3" , ', true],
    ['"2"', false],
    ['W/"3"', false],
    ['"13"', false],
  ])('%s lets version 3 through: %s', (header, expected) => {
    expect(passes(header, 3)).toBe(expected);
  });

  it.each(['3', '"3', '"3" or "4"', '""3""'])('%s is refused as malformed', (header) => {
    expect(() => ifMatchOf(header)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
