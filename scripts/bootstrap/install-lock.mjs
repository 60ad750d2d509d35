import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { RUNTIME } from './places.mjs';
import { Stop } from './stop.mjs';

const LONGEST_INSTALL_MS = 15 * 60_000;
const RETRY_MS = 200;

/** Runs `install` while no other bootstrap of this repository installs; a dead process's lock does not count. */
export async function withInstallLock(install, path = join(RUNTIME, 'install.lock')) {
  await acquire(path);
  try {
    return await install();
  } finally {
    rmSync(path, { force: true });
  }
}

async function acquire(path) {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = performance.now() + LONGEST_INSTALL_MS;
  for (let told = false; !create(path); told = true) {
    const holder = holderOf(path);
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (performance.now() > deadline)
      throw new Stop(`Another install has not ended (process ${holder}); remove ${path}.`);
    if (!told) console.log('Waiting for another install of this repository to end');
    await sleep(RETRY_MS);
  }
}

function create(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

function holderOf(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || undefined;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
