import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from './child-process.mjs';
import { repositoryPath, runtimePath } from './paths.mjs';
import { Stop } from './stop.mjs';
import { toolScript } from './tool.mjs';

/** The sources of the web app. */
const sourcePaths = [
  'package-lock.json',
  'packages/contract/src',
  'packages/web/index.html',
  'packages/web/package.json',
  'packages/web/public',
  'packages/web/src',
  'packages/web/vite.config.ts',
];

const dist = join(repositoryPath, 'packages', 'web', 'dist');
const stamp = join(runtimePath, 'web-build');

/** Builds the web app if one of its sources has changed since the last build, or if that build is missing. */
export async function buildWeb(node, environment) {
  const wanted = fingerprintOf(repositoryPath, sourcePaths);
  if (builtFrom() === wanted) return;
  console.log('Building the web app');
  const args = [toolScript('vite'), 'build', '--logLevel', 'warn'];
  const { exitCode, output } = await runQuietly(node, args, {
    cwd: join(repositoryPath, 'packages', 'web'),
    env: environment,
  });
  if (exitCode !== 0) throw new Stop(`The web app could not be built:\n${output}`, exitCode);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Hashes names and contents of files, and of all files in folders. */
export function fingerprintOf(folder, sources) {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesOf(join(folder, source)))) {
    hash
      .update(`${path.slice(folder.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

function builtFrom() {
  try {
    statSync(join(dist, 'index.html'));
    return readFileSync(stamp, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}
