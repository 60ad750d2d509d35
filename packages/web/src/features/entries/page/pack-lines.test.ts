import { describe, expect, it } from 'vitest';
import { packLines } from './pack-lines.ts';

describe('packLines', () => {
  it('keeps every line, in order, in few texts of at most 4,096 characters', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `host${index}.example.org ssh-rsa ${'A'.repeat(index)}`);
    const packed = packLines(lines);
    expect(packed.join('\n').split('\n')).toEqual(lines);
    expect(Math.max(...packed.map(({ length }) => length))).toBeLessThanOrEqual(4_096);
    expect(packed.length).toBeLessThan(50);
  });

  it('leaves a line that is too long to the server to refuse', () => {
    expect(packLines(['a', 'b'.repeat(5_000), 'c'])).toEqual(['a', 'b'.repeat(5_000), 'c']);
  });

  it('makes nothing of nothing', () => {
    expect(packLines([])).toEqual([]);
  });
});
