import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryPath } from './bootstrap/paths.mjs';

test('docs/security.md names tests that exist', () => {
  const page = readFileSync(join(repositoryPath, 'docs/security.md'), 'utf8');
  const named = [...page.matchAll(/`((?:src|test)\/[\w./-]+\.test\.ts)`/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(join(repositoryPath, 'packages/server', path)))).toEqual([]);
});
