import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withInstallLock } from './install-lock.mjs';

let folder;
let lock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-lock-'));
  lock = join(folder, 'install.lock');
  vi.spyOn(console, 'log').mockReturnValue(undefined);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

test('lets one install run at a time', async () => {
  const events = [];
  const install = (name) => async () => {
    events.push(`${name} begins`);
    await nextTurn();
    events.push(`${name} ends`);
  };

  await Promise.all([withInstallLock(install('first'), lock), withInstallLock(install('second'), lock)]);

  expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('is free again after an install that failed', async () => {
  const failing = withInstallLock(() => Promise.reject(new Error('no network')), lock);

  await expect(failing).rejects.toThrow('no network');
  expect(existsSync(lock)).toBe(false);
});

test('does not wait for processes that have died', async () => {
  writeFileSync(lock, `${deadProcess()}\n${deadProcess()}\n`);

  await expect(withInstallLock(() => Promise.resolve('installed'), lock)).resolves.toBe('installed');
});

test('waits for the npm that a killed install has left behind', async () => {
  const npm = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 500)']);
  const ended = once(npm, 'exit');
  writeFileSync(lock, `${deadProcess()}\n${npm.pid}\n`);

  await withInstallLock(() => expect(npm.exitCode).toBe(0), lock);
  await ended;
});

test('names the process that does the work as a holder too', async () => {
  await withInstallLock((addHolder) => {
    addHolder(12345);
    expect(readFileSync(lock, 'utf8')).toBe(`${process.pid}\n12345\n`);
  }, lock);
});

function deadProcess() {
  return spawnSync(process.execPath, ['--version']).pid;
}
