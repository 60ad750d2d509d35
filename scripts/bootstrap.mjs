import { performance } from 'node:perf_hooks';
import { bench, screenshots, start } from './bootstrap/applications.mjs';
import { check } from './bootstrap/check.mjs';
import { environmentFor } from './bootstrap/environment.mjs';
import { fuzz } from './bootstrap/fuzz.mjs';
import { installPackages } from './bootstrap/packages.mjs';
import { findNode } from './bootstrap/runtime.mjs';
import { Stop } from './bootstrap/stop.mjs';
import { test } from './bootstrap/test.mjs';

const commands = { start, test, check, bench, screenshots, fuzz };

async function main([name, ...args]) {
  if (!Object.hasOwn(commands, name ?? '')) {
    throw new Stop(
      'Usage: npm start | npm test | npm run check | npm run bench | npm run screenshots | npm run fuzz (arguments follow after --)',
      2,
    );
  }
  const startedAt = performance.now();
  const node = await findNode();
  await installPackages(node);
  return commands[name]({ node, args, environment: environmentFor(node), startedAt });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
