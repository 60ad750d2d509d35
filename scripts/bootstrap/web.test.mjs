import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprintOf } from './web.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-web-'));
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  writeFileSync(join(folder, 'src/a.ts'), 'one');
  writeFileSync(join(folder, 'src/deep/b.ts'), 'two');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fingerprint = () => fingerprintOf(folder, ['src']);

test('gives the same sources the same fingerprint', () => {
  expect(fingerprint()).toBe(fingerprint());
});

test.each([
  ['a changed file', () => writeFileSync(join(folder, 'src/deep/b.ts'), 'three')],
  ['a new file', () => writeFileSync(join(folder, 'src/c.ts'), '')],
  ['a missing file', () => rmSync(join(folder, 'src/a.ts'))],
  [
    'contents that moved to another name',
    () => {
      writeFileSync(join(folder, 'src/a.ts'), 'two');
      writeFileSync(join(folder, 'src/deep/b.ts'), 'one');
    },
  ],
])('gives %s another fingerprint', (_, change) => {
  const before = fingerprint();

  change();

  expect(fingerprint()).not.toBe(before);
});
