import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from './install-lock.mjs';
import { runsGatehouse } from './node-version.mjs';
import { npmCleanInstall } from './npm.mjs';
import { repositoryPath, runtimePath } from './paths.mjs';
import { Stop } from './stop.mjs';

const probeTimeoutMs = 30_000;

/** Returns the path of a Node.js that runs Gatehouse: the one that runs this script, or else the pinned one. */
export async function findNode() {
  if (runsGatehouse(process.versions.node)) return process.execPath;
  const manifest = JSON.parse(readFileSync(join(repositoryPath, 'scripts/runtime/package.json'), 'utf8'));
  const pinned = pinnedNode(manifest.optionalDependencies, process.platform, process.arch);
  const home = join(runtimePath, `node-${pinned.version}`);
  const node = join(home, pinned.executable);
  if (!existsSync(node)) await withInstallLock((addHolder) => installNode(home, pinned, addHolder));
  return node;
}

/** Picks the package that holds the pinned Node.js for a machine; `executable` is relative to the install folder. */
export function pinnedNode(packages, platform, arch) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const version = packages[name];
  if (version === undefined) {
    throw new Stop(
      `Gatehouse needs Node.js 24 or newer; this is ${process.versions.node}, ` +
        `and there is no ready-made one for ${platform} on ${arch}.\nInstall it from https://nodejs.org and run the command again.`,
    );
  }
  return { version, executable: join('node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node') };
}

async function installNode(home, pinned, onStart) {
  if (existsSync(join(home, pinned.executable))) return;
  console.log(`Installing Node.js ${pinned.version} into .runtime (this one is ${process.versions.node})`);
  // The folder gets its final name last, so that an interrupted install is never taken for a finished one.
  const unfinished = `${home}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(repositoryPath, 'scripts/runtime', file), join(unfinished, file));
  }
  await npmCleanInstall(process.execPath, unfinished, onStart);
  probe(join(unfinished, pinned.executable), pinned.version);
  rmSync(home, { recursive: true, force: true });
  renameSync(unfinished, home);
}

function probe(node, version) {
  try {
    const answer = execFileSync(node, ['--version'], { encoding: 'utf8', timeout: probeTimeoutMs }).trim();
    if (answer !== `v${version}`) throw new Error(`it answers ${answer}`);
  } catch (cause) {
    throw new Stop(
      `The Node.js ${version} from npm does not run on this machine (${cause.message}).\n` +
        'Install Node.js 24 or newer, and run the command again.',
      1,
      { cause },
    );
  }
}
