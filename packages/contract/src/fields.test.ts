import { describe, expect, test } from 'vitest';
import { cursor, id, line, pageLimit, paragraph, pathId, timestamp, wholeNumber } from './fields.ts';
import { faultsOf } from './testdata/faults.ts';

describe('a line of text', () => {
  const name = line(3, 10);

  test.each([
    ['as short as may be', 'abc', 'abc'],
    ['as long as may be', 'a'.repeat(10), 'a'.repeat(10)],
    ['without the blanks around it', '  abc \u00a0', 'abc'],
    ['with blanks within', 'a b c', 'a b c'],
    ['in composed form', 'Zoe\u0308', 'Zoë'],
    ['counted in code points, not in halves of them', '\u{1F600}'.repeat(10), '\u{1F600}'.repeat(10)],
  ])('is taken %s', (_, sent, kept) => {
    expect(name.parse(sent)).toBe(kept);
  });

  test.each([
    ['too short', 'ab', 'must have at least 3 characters'],
    ['too short without the blanks around it', ' ab ', 'must have at least 3 characters'],
    ['too long', 'a'.repeat(11), 'must have at most 10 characters'],
    ['much too long', 'a'.repeat(41), 'must have at most 10 characters'],
    ['with a line feed', 'ab\nc', 'must not contain control characters or lone surrogates'],
    ['with a tab', 'ab\tc', 'must not contain control characters or lone surrogates'],
    ['with NUL', 'ab\0c', 'must not contain control characters or lone surrogates'],
    ['with an escape', 'ab\u001b[1m', 'must not contain control characters or lone surrogates'],
    ['with what turns the direction of writing', 'ab\u202ec', 'must not contain control characters or lone surrogates'],
    ['with an isolate of direction', 'ab\u2066c', 'must not contain control characters or lone surrogates'],
    ['with half a character', 'ab\ud800', 'must not contain control characters or lone surrogates'],
  ])('is refused %s', (_, sent, fault) => {
    expect(faultsOf(name, sent)).toContain(`: ${fault}`);
  });

  test.each([[undefined], [null], [1], [['abc']], [{ toString: 'abc' }]])('is no %j', (sent) => {
    expect(faultsOf(name, sent)).not.toEqual([]);
  });
});

describe('a paragraph', () => {
  const notes = paragraph(20);

  test('keeps its lines and tabs, and loses what is around it', () => {
    expect(notes.parse('\n a\r\n\tb \n')).toBe('a\r\n\tb');
  });

  test('may be empty', () => {
    expect(notes.parse('')).toBe('');
  });

  test.each([
    ['too long', 'a'.repeat(21), 'must have at most 20 characters'],
    ['with NUL', 'a\0', 'must not contain control characters or lone surrogates'],
    ['with what turns the direction of writing', 'a\n\u202d', 'must not contain control characters or lone surrogates'],
    ['with half a character', '\udc00', 'must not contain control characters or lone surrogates'],
  ])('is refused %s', (_, sent, fault) => {
    expect(faultsOf(notes, sent)).toContain(`: ${fault}`);
  });
});

describe('a whole number', () => {
  const port = wholeNumber(1, 65_535);

  test.each([
    [1, 1],
    [65_535, 65_535],
    ['22', 22],
    ['0022', 22],
  ])('%j is taken as %i', (sent, kept) => {
    expect(port.parse(sent)).toBe(kept);
  });

  test.each([
    [0],
    [65_536],
    [1.5],
    [-1],
    ['0'],
    ['65536'],
    ['1.5'],
    ['-1'],
    ['+1'],
    ['1e3'],
    ['0x16'],
    [''],
    [' 22'],
    [true],
    [null],
    [[22]],
  ])('%j is refused with its bounds', (sent) => {
    const [fault, ...others] = faultsOf(port, sent);
    expect(fault).toMatch(/: must be (a whole number from 1 to 65535|at least 1|at most 65535)$/);
    expect(others).toEqual([]);
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['9'.repeat(17)]])('%s is refused', (sent) => {
    expect(faultsOf(port, sent)).toHaveLength(1);
  });
});

describe('an id', () => {
  test.each([1, '1', Number.MAX_SAFE_INTEGER, String(Number.MAX_SAFE_INTEGER)])('%s is one', (sent) => {
    expect(id.parse(sent)).toBe(Number(sent));
  });

  test.each([[0], ['0'], [-1], [Number.MAX_SAFE_INTEGER + 1], ['9007199254740992'], ['one']])('%s is none', (sent) => {
    expect(faultsOf(id, sent)).not.toEqual([]);
  });

  test.each(['1', '42', String(Number.MAX_SAFE_INTEGER)])('%s is one in a path', (sent) => {
    expect(pathId.parse(sent)).toBe(Number(sent));
  });

  test.each(['0', '01', '-1', '1.0', '1e1', ' 1', '', 'list', '9007199254740992', '9'.repeat(17)])(
    '%j names nothing in a path',
    (sent) => {
      expect(pathId.safeParse(sent).success).toBe(false);
    },
  );
});

describe('what pages through a list', () => {
  test.each([[1], [1000], ['50']])('a page may hold %j', (sent) => {
    expect(pageLimit.parse(sent)).toBe(Number(sent));
  });

  test.each([[0], [1001], ['all']])('a page may not hold %j', (sent) => {
    expect(faultsOf(pageLimit, sent)).not.toEqual([]);
  });

  test.each(['a', 'a-b_C9', 'a'.repeat(200)])('%s may be a cursor', (sent) => {
    expect(cursor.parse(sent)).toBe(sent);
  });

  test.each(['', 'a'.repeat(201), 'a b', 'a/b', 'a=', 'ä'])('%j is no cursor', (sent) => {
    expect(faultsOf(cursor, sent)).not.toEqual([]);
  });
});

test.each([
  ['2026-01-31T08:00:00.000Z', true],
  ['2026-01-31T08:00:00Z', false],
  ['2026-01-31T08:00:00.000+01:00', false],
  ['2026-02-30T08:00:00.000Z', false],
  ['2026-01-31', false],
])('whether %s is a timestamp: %s', (text, isOne) => {
  expect(timestamp.safeParse(text).success).toBe(isOne);
});
