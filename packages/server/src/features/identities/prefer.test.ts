import { describe, expect, it } from 'vitest';
import { handlingOf } from './prefer.ts';

describe('the Prefer header', () => {
  it.each([
    ['handling=strict', 'strict'],
    ['handling=lenient', 'lenient'],
    ['Handling=STRICT', 'strict'],
    ['handling = "strict"', 'strict'],
    [' respond-async, wait=100 , handling=strict', 'strict'],
    ['handling=strict; reason="a, b; handling=lenient"', 'strict'],
    ['note="x, handling=strict"', undefined],
    ['foo; handling=strict', undefined],
    ['handling=strict, handling=lenient', 'strict'],
    ['handling', undefined],
    ['handling=""', undefined],
    ['handling=severe', undefined],
    ['handling=strict nonsense', undefined],
    ['xhandling=strict', undefined],
    ['a="unclosed, handling=strict', 'strict'],
    ['', undefined],
    [undefined, undefined],
  ])('%j asks for %s', (header, handling) => {
    expect(handlingOf(header)).toBe(handling);
  });

  it('may come on several lines', () => {
    expect(handlingOf(['return=minimal', 'handling=strict'])).toBe('strict');
  });

  it('is ignored when it is too long', () => {
    expect(handlingOf(`${'"'.repeat(100_000)}, handling=strict`)).toBeUndefined();
  });
});
