import { describe, expect, it } from 'vitest';
import { mergePreferences, type Preferences } from './preferences.ts';

const invalid = expect.objectContaining({ code: 'invalid_request' }) as Error;

describe('merging preferences', () => {
  it('merges objects, replaces the rest, removes null', () => {
    const current = { a: { x: 1, y: [1, 2] }, b: 'old', c: true };
    expect(mergePreferences(current, { a: { y: [3], z: null }, b: { new: 1 }, c: null })).toEqual({
      a: { x: 1, y: [3] },
      b: { new: 1 },
    });
  });

  it('takes __proto__ for a name like any other', () => {
    const patch = JSON.parse('{"__proto__":{"polluted":true}}') as Preferences;
    const merged = mergePreferences({}, patch);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.hasOwn(merged, '__proto__')).toBe(true);
    expect(({} as Preferences)['polluted']).toBeUndefined();
  });

  it('refuses more than 16 KiB in all', () => {
    const half = mergePreferences({}, { a: 'x'.repeat(9000) });
    expect(() => mergePreferences(half, { b: 'x'.repeat(9000) })).toThrow(invalid);
  });

  it('refuses more than eight levels, however deep', () => {
    const nested = (levels: number) => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as Preferences;
    expect(() => mergePreferences({}, nested(8))).not.toThrow();
    expect(() => mergePreferences({}, nested(9))).toThrow(invalid);
    expect(() => mergePreferences({}, nested(5000))).toThrow(invalid);
  });
});
