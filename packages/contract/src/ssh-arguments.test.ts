import { describe, expect, test } from 'vitest';
import { splitArguments } from './ssh-arguments.ts';

describe('the arguments of a line of ssh_config', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['one  two\tthree ', ['one', 'two', 'three']],
    ['"a b" \'c d\' ""', ['a b', 'c d', '']],
    [String.raw`"CORP\\alice"`, [String.raw`CORP\alice`]],
    [String.raw`CORP\\alice`, [String.raw`CORP\alice`]],
    [String.raw`CORP\alice`, [String.raw`CORP\alice`]],
    [String.raw`a\ b "c\ d" \"e`, ['a b', String.raw`c\ d`, '"e']],
    ['a"b c"d', ['ab cd']],
    ['a#b # the rest', ['a#b']],
    ['"#a"', ['#a']],
    ['ends\\', ['ends\\']],
  ])('%j are split as OpenSSH does', (text, words) => {
    expect(splitArguments(text)).toEqual(words);
  });

  test.each(['"a', "a 'b", String.raw`"a\"`])('%j are none: a quote is not closed', (text) => {
    expect(splitArguments(text)).toBe(undefined);
  });
});
