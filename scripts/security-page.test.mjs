import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY } from './bootstrap/places.mjs';

test('docs/security.md names tests that exist', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/security.md'), 'utf8');
  const named = [...page.matchAll(/`((?:src|test)\/[\w./-]+\.test\.ts)`/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(join(REPOSITORY, 'packages/server', path)))).toEqual([]);
});
