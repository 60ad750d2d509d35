import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { runQuietly } from './child-process.mjs';
import { environmentFor } from './environment.mjs';
import { Stop } from './stop.mjs';

/**
 * Runs `npm ci` in a folder, silently unless it fails. The machine's npm is executed with the given Node.js, because
 * npm skips optional packages whose `engines` exclude the version it runs on. `onStart` receives npm's process id.
 */
export async function npmCleanInstall(node, folder, onStart) {
  const npmCli = findNpmCli(process.env, process.execPath);
  const flags = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { exitCode, output } = await runQuietly(node, [npmCli, 'ci', ...flags], {
    cwd: folder,
    env: environmentFor(node),
    onStart,
  });
  if (exitCode !== 0)
    throw new Stop(`${output.trimEnd()}\nnpm ci failed in ${folder} (exit code ${exitCode}).`, exitCode);
}

/** Finds the script behind the `npm` command: the one that runs us, else the one on PATH, else the one beside Node.js. */
export function findNpmCli(environment, execPath) {
  const { npm_execpath: runningUs, PATH, Path } = environment;
  if (isNpmCli(runningUs)) return runningUs;
  for (const folder of [...(PATH ?? Path ?? '').split(delimiter), dirname(execPath)].filter(Boolean)) {
    const found = npmCliOf(folder);
    if (found !== undefined) return found;
  }
  throw new Stop('npm was not found. It comes with Node.js; where the two are separate packages, install npm too.');
}

function npmCliOf(folder) {
  const command = join(folder, 'npm');
  if (!existsSync(command)) return undefined;
  const script = join('node_modules', 'npm', 'bin', 'npm-cli.js');
  return [realpathSync(command), join(folder, script), join(folder, '..', 'lib', script)].find(isNpmCli);
}

function isNpmCli(path) {
  return path !== undefined && basename(path) === 'npm-cli.js' && existsSync(path);
}
