import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from './install-lock.mjs';
import { npmCleanInstall } from './npm.mjs';
import { repositoryPath } from './paths.mjs';

/** Runs `npm ci` when `node_modules` is missing, unfinished, or made from another lock file or for another machine. */
export async function installPackages(node) {
  if (isInstalled(repositoryPath)) return;
  await withInstallLock(async (addHolder) => {
    if (isInstalled(repositoryPath)) return;
    console.log('Installing the packages of package-lock.json');
    await npmCleanInstall(node, repositoryPath, addHolder);
    recordInstall(repositoryPath);
  });
}

/** Says whether the last finished install used the lock file as it is now. */
export function isInstalled(folder) {
  try {
    return readFileSync(stampPath(folder), 'utf8') === stampOf(folder);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return false;
  }
}

/** Remembers a finished install inside `node_modules`, so that `npm ci`, which starts by deleting it, forgets it too. */
export function recordInstall(folder) {
  writeFileSync(stampPath(folder), stampOf(folder));
}

function stampPath(folder) {
  return join(folder, 'node_modules', '.installed-lock');
}

function stampOf(folder) {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}
