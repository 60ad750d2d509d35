import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { run } from './child-process.mjs';
import { runtimePath } from './paths.mjs';
import { Stop } from './stop.mjs';
import { toolScript } from './tool.mjs';

const steps = [
  {
    name: 'format',
    script: () => toolScript('prettier'),
    args: [
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      ...cacheAt('prettier', '--cache-location'),
      '.',
    ],
  },
  // No cache: type-checked rules look into other files, which ESLint's cache does not know of.
  { name: 'lint', script: () => toolScript('eslint'), args: ['--max-warnings=0', '.'] },
  {
    name: 'types',
    script: () => toolScript('typescript', 'tsc'),
    args: ['--noEmit', '--incremental', ...cacheAt('tsc.json', '--tsBuildInfoFile')],
  },
  {
    name: 'types of the web app',
    script: () => toolScript('typescript', 'tsc'),
    args: ['--noEmit', '-p', 'packages/web', '--incremental', ...cacheAt('tsc-web.json', '--tsBuildInfoFile')],
  },
  {
    name: 'boundaries',
    script: () => toolScript('dependency-cruiser', 'depcruise'),
    args: ['packages', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'unused code', script: () => toolScript('knip'), args: ['--no-config-hints'] },
  { name: 'unit tests', script: () => toolScript('vitest'), args: ['run', '--project', 'unit'] },
];

/** Runs the quick gate of each commit, step by step up to the first failure. */
export async function check({ node, args, environment, startedAt }) {
  if (args.length > 0) throw new Stop('npm run check takes no arguments.', 2);
  for (const [index, { name, script, args: stepArgs }] of steps.entries()) {
    console.log(`check ${index + 1}/${steps.length}: ${name}`);
    const stepStartedAt = performance.now();
    const exitCode = await run(node, [script(), ...stepArgs], { env: environment });
    if (exitCode !== 0) throw new Stop(`check failed: ${name} (after ${secondsSince(stepStartedAt)})`, exitCode);
    console.log(`  passed in ${secondsSince(stepStartedAt)}`);
  }
  console.log(`check passed in ${secondsSince(startedAt)}`);
  return 0;
}

function cacheAt(name, option) {
  return [option, join(runtimePath, 'check', name)];
}

function secondsSince(time) {
  return `${((performance.now() - time) / 1000).toFixed(1)} s`;
}
