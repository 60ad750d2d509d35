import { describe, expect, test } from 'vitest';
import { firstLineStart, OutputScanner } from './plain-output.ts';

const encoder = new TextEncoder();
const esc = '\u001B';

/** What the pieces come to, one after the other. */
function scanned(...pieces: (string | Uint8Array)[]) {
  const scanner = new OutputScanner();
  return pieces.map((piece) => scanner.scan(typeof piece === 'string' ? encoder.encode(piece) : piece));
}
const isPlain = (...pieces: (string | Uint8Array)[]) => scanned(...pieces).map((piece) => piece.isPlain);

describe('output is plain', () => {
  test.each([
    ['text', 'drwxr-xr-x 2 ada ada'],
    ['nothing', ''],
    ['the ends of lines and tabs', 'a\tb\r\nc\r\n\0'],
    ['letters of other languages', 'grün — 鍵 🔑'],
    // C2 leads letters, too.
    ['letters that begin like a control', '§ © ½'],
    ['a style', `${esc}[1;38;5;208mwarm${esc}[0m`],
    ['a style with subparameters', `${esc}[4:3mcurly`],
    ['an erasure within the line', `${esc}[K${esc}[2K`],
  ])('where it is %s', (_, output) => {
    expect(isPlain(output)).toEqual([true]);
  });

  test.each([
    ['moves the cursor', `${esc}[10;5H`],
    ['moves it up', `${esc}[A`],
    ['clears the screen', `${esc}[2J`],
    ['erases in an unknown way', `${esc}[12K`],
    ['sets a private mode', `${esc}[?1049h`],
    ['sets a style in a private way', `${esc}[>4;1m`],
    ['goes back', 'a\bb'],
    ['rings', '\u0007'],
    ['feeds a form', '\f'],
    ['shifts out', '\u000E'],
    ['sets a title', `${esc}]0;title\u0007`],
    ['is a device control string', `${esc}P1$r0m${esc}\\`],
    ['saves the cursor', `${esc}7`],
    ['indexes in reverse', `${esc}M`],
    ['has an 8-bit control', '\u0085'],
    ['has an 8-bit sequence that moves', '\u009B5A'],
    ['has a sequence that another begins in', `${esc}[1${esc}[m`],
    ['has a sequence that was cancelled', `${esc}[1\u0018m`],
    ['has parameters that no style needs', `${esc}[${'1;'.repeat(60)}m`],
  ])('not where it %s', (_, output) => {
    expect(isPlain(output)).toEqual([false]);
  });
});

describe('output in pieces', () => {
  test('is read as if it had come at once', () => {
    expect(isPlain(esc, '[3', '1', 'm', 'red')).toEqual([true, true, true, true, true]);
    expect(isPlain(esc, '[2', 'J', 'text')).toEqual([true, true, false, true]);
    expect(isPlain(Uint8Array.of(0xc2), Uint8Array.of(0xa7))).toEqual([true, true]);
    expect(isPlain(Uint8Array.of(0xc2), Uint8Array.of(0x85))).toEqual([true, false]);
  });

  test('is not plain for as long as a string goes on, whatever is in it', () => {
    expect(isPlain(`${esc}]0;ti`, 'tle', esc, '\\', 'text')).toEqual([false, false, false, false, true]);
    expect(isPlain(`${esc}]8;;`, 'http://x', '\u0007', 'text')).toEqual([false, false, false, true]);
  });

  test('a string that is broken off by a sequence goes on as that', () => {
    expect(isPlain(`${esc}]0;title${esc}[`, 'm', 'text')).toEqual([false, true, true]);
  });
});

describe('lines', () => {
  test.each([
    ['', 0],
    ['one', 0],
    ['one\r\ntwo\r\n', 2],
    // Without a return, the next line does not begin at the left.
    ['one\ntwo\n', 0],
    ['\r\n', 1],
    [`${esc}[1mbold${esc}[0m\r\n`, 1],
  ])('of %j there are %i', (output, lines) => {
    expect(scanned(output)[0]?.lines).toBe(lines);
  });

  test.each([
    ['one\r\ntwo', 0, 5],
    ['one\r\ntwo\r\n', 5, 10],
    ['one\ntwo\r\nthree', 0, 9],
    ['one\ntwo', 0, -1],
    ['', 0, -1],
    ['\n\r\n', 0, 3],
  ])('in %j the first that begins after %i begins at %i', (output, from, at) => {
    expect(firstLineStart(encoder.encode(output), from)).toBe(at);
  });
});

describe('the styles that were set', () => {
  function stylesOf(...pieces: string[]): string | undefined {
    const scanner = new OutputScanner();
    for (const piece of pieces) scanner.scan(encoder.encode(piece));
    return scanner.styles();
  }

  test.each([
    ['plain', ''],
    [`${esc}[1m${esc}[31mred`, `${esc}[1m${esc}[31m`],
    // What was before a reset is gone with it.
    [`${esc}[1m${esc}[0m${esc}[4m`, `${esc}[0m${esc}[4m`],
    [`${esc}[1m${esc}[m`, `${esc}[m`],
  ])('of %j can be set again', (output, styles) => {
    expect(stylesOf(output)).toBe(styles);
  });

  test('are kept from piece to piece', () => {
    expect(stylesOf(`${esc}[3`, '1m', 'red')).toBe(`${esc}[31m`);
  });

  test('are not remembered where they are too many', () => {
    expect(stylesOf(`${esc}[31m`.repeat(1_000))).toHaveLength(5_000);
    expect(stylesOf(`${esc}[31m`.repeat(1_001))).toBeUndefined();
    expect(stylesOf(`${esc}[31m`.repeat(2_000), `${esc}[0m`)).toBe(`${esc}[0m`);
  });
});
