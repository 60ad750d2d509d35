import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findNpmCli } from './npm.mjs';

let folder;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatehouse-npm-')));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('uses the npm that runs the command', () => {
  const running = file('running/npm-cli.js');
  file('bin/node_modules/npm/bin/npm-cli.js');
  file('bin/npm');

  expect(findNpmCli({ npm_execpath: running, PATH: join(folder, 'bin') }, '/nowhere/node')).toBe(running);
});

test('passes over another package manager that runs the command', () => {
  const script = file('lib/node_modules/npm/bin/npm-cli.js');
  mkdirSync(join(folder, 'bin'));
  symlinkSync(script, join(folder, 'bin/npm'));

  expect(findNpmCli({ npm_execpath: file('yarn.js'), PATH: join(folder, 'bin') }, '/nowhere/node')).toBe(script);
});

test.each(['bin/node_modules/npm/bin/npm-cli.js', 'lib/node_modules/npm/bin/npm-cli.js'])(
  'finds the script of an npm command that is a wrapper in %s',
  (path) => {
    const script = file(path);
    const wrapper = file('bin/npm');

    expect(findNpmCli({ PATH: dirname(wrapper) }, '/nowhere/node')).toBe(script);
  },
);

test('finds the npm beside Node.js when PATH has none', () => {
  const script = file('lib/node_modules/npm/bin/npm-cli.js');
  file('bin/npm');

  expect(findNpmCli({ PATH: '/nowhere' }, join(folder, 'bin/node'))).toBe(script);
});

test('says so when there is no npm', () => {
  expect(() => findNpmCli({ PATH: folder }, join(folder, 'node'))).toThrow('npm was not found');
});

function file(path) {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '');
  return full;
}
