import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstalled, recordInstall } from './packages.mjs';

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-packages-'));
  writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3}');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('takes a folder without node_modules for not installed', () => {
  expect(isInstalled(folder)).toBe(false);
});

test('takes an install that did not finish for not installed', () => {
  mkdirSync(join(folder, 'node_modules'));

  expect(isInstalled(folder)).toBe(false);
});

test('knows a finished install again', () => {
  mkdirSync(join(folder, 'node_modules'));
  recordInstall(folder);

  expect(isInstalled(folder)).toBe(true);
});

test('asks for a new install when the lock file has changed', () => {
  mkdirSync(join(folder, 'node_modules'));
  recordInstall(folder);
  writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');

  expect(isInstalled(folder)).toBe(false);
});
