import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { runtimePath } from './paths.mjs';
import { Stop } from './stop.mjs';

const longestInstallMs = 15 * 60_000;
const retryMs = 200;

/**
 * Runs `install` while no other bootstrap of this repository installs; locks of dead processes are ignored. `install` receives a function that adds
 * the process that does the work: it continues if this one is killed.
 */
export async function withInstallLock(install, path = join(runtimePath, 'install.lock')) {
  await acquire(path);
  try {
    return await install((pid) => appendFileSync(path, `${pid}\n`));
  } finally {
    rmSync(path, { force: true });
  }
}

async function acquire(path) {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = performance.now() + longestInstallMs;
  for (let told = false; !create(path); told = true) {
    const holders = holdersOf(path);
    if (holders.length > 0 && !holders.some(isAlive)) {
      rmSync(path, { force: true });
      continue;
    }
    if (performance.now() > deadline) {
      throw new Stop(
        `Another install does not end (processes ${holders.join(', ')}). If there is none, remove ${path}`,
      );
    }
    if (!told) console.log('Waiting for another install of this repository to end');
    await sleep(retryMs);
  }
}

function create(path) {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** No process: the lock was released, or its owner has not yet written itself into it. */
function holdersOf(path) {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return [];
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
