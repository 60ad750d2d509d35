import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test('does not wait for a process that has died', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(lock, String(pid));

  await expect(withInstallLock(() => Promise.resolve('installed'), lock)).resolves.toBe('installed');
});
