import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pinnedNode } from './runtime.mjs';

const manifest = readJson('../runtime/package.json').optionalDependencies;
const lock = readJson('../runtime/package-lock.json');

test.each([
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['win32', 'x64'],
])('finds the pinned Node.js for %s on %s where its package keeps it', (platform, arch) => {
  const { version, executable } = pinnedNode(manifest, platform, arch);

  const [, packagePath] = /^(.*)\/bin\//.exec(executable.replaceAll('\\', '/')) ?? [];
  const locked = lock.packages[packagePath];
  expect(version).toBe(locked.version);
  expect(executable.replaceAll('\\', '/')).toBe(`${packagePath}/${locked.bin.node}`);
});

test('says what to do where there is no ready-made Node.js', () => {
  expect(() => pinnedNode(manifest, 'darwin', 'arm64')).toThrow(
    /no ready-made one for darwin on arm64.*\n.*nodejs\.org/,
  );
});

test('locks every pinned package by its content and names no registry', () => {
  for (const [path, { integrity, resolved }] of Object.entries(lock.packages)) {
    if (path === '') continue;
    expect(integrity, path).toMatch(/^sha512-/);
    expect(resolved, path).toBeUndefined();
  }
});

function readJson(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}
