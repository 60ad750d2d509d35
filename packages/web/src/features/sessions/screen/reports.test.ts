import { expect, test } from 'vitest';
import { isReport } from './reports.ts';

test.each([
  '\u001B[?1;2c',
  '\u001B[>0;276;0c',
  '\u001B[0n',
  '\u001B[12;40R',
  '\u001B[?2004;1$y',
  '\u001B[8;38;142t',
  '\u001B[I',
  '\u001B[O',
  '\u001B[<0;12;3M',
  '\u001B[M !!',
  '\u001B]11;rgb:0a0a/0d0d/1212\u001B\\',
  '\u001BP1$r0m\u001B\\',
  '\u001B[I\u001B[0n',
])('knows %j for what the terminal says by itself', (data) => {
  expect(isReport(data)).toBe(true);
});

test.each([
  'a',
  'c',
  '\r',
  '\u0003',
  '\u001B',
  '\u001B[A',
  '\u001BOP',
  '\u001B[15~',
  '\u001B[1;5C',
  '\u001B[200~c\u001B[201~',
])('knows %j for typed', (data) => {
  expect(isReport(data)).toBe(false);
});
