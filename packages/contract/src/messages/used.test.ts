import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messageCodes } from './message.ts';

const packages = join(import.meta.dirname, '../../..');
const tables = /contract\/src\/messages\/(?!faults)/;

/** Parts of codes that are composed, as of `auth_${part}_missing`. */
const composed = /`([a-z\d_]*)\$\{\w+\}([a-z\d_]*)`/g;

test('no code stands in two tables', () => {
  const codes = globSync('contract/src/messages/*.ts', { cwd: packages })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => readFileSync(join(packages, file), 'utf8').match(/^ {2}[a-z\d_]+(?=: \{)/gm) ?? []);
  expect(codes.length).toBe(messageCodes.length);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('every code is named outside of the tables', () => {
  const texts = globSync('{contract,server}/src/**/*.ts', { cwd: packages })
    .filter((file) => !file.endsWith('.test.ts') && !tables.test(file))
    .map((file) => readFileSync(join(packages, file), 'utf8'));
  const named = new Set(texts.flatMap((text) => text.match(/(?<=')[a-z\d_]+(?=')/g) ?? []));
  const patterns = texts
    .flatMap((text) => [...text.matchAll(composed)])
    .filter(([, start = '', end = '']) => start.length + end.length > 3)
    .map(([, start = '', end = '']) => new RegExp(`^${start}[a-z]+${end}$`));
  const isNamed = (code: string) => named.has(code) || patterns.some((pattern) => pattern.test(code));
  expect(texts.length).toBeGreaterThan(100);
  expect(messageCodes.filter((code) => !isNamed(code))).toEqual([]);
});
