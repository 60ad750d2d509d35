import { run } from './child-process.mjs';
import { prepareMachine } from './test-machine.mjs';
import { buildWeb } from './web.mjs';

/**
 * The size of each half of the young generation, in MiB. Without a limit it grows under load, and while sessions open, and stays large. The
 * Dockerfile and docs/operations.md use the same value.
 */
const youngGeneration = '--max-semi-space-size=8';

/** SIGUSR1 must not open a debugger in a process that holds secrets. The Dockerfile and docs/operations.md say the same. */
const noInspector = '--disable-sigusr1';

/** Removes options of an inherited NODE_OPTIONS that open a debugger, or wait for one. */
function withoutInspector({ NODE_OPTIONS, ...others }) {
  const kept = NODE_OPTIONS?.replace(/(^|\s)--inspect(-brk|-wait)?(=\S+)?(?=\s|$)/g, '').trim();
  return kept === undefined || kept === '' ? others : { NODE_OPTIONS: kept, ...others };
}

/** Runs the server with the web app, or another of its commands without; resolves to the exit code. */
export async function start({ node, args, environment }) {
  if (args.length === 0 || args[0] === 'serve') await buildWeb(node, environment);
  const serverArguments = [noInspector, youngGeneration, 'packages/server/src/main.ts', ...args];
  return run(node, serverArguments, { env: withoutInspector(environment) });
}

/** Runs the measurements, of which some open the web app; resolves to their exit code. */
export async function bench({ node, args, environment }) {
  await buildWeb(node, environment);
  return run(node, ['bench/main.ts', ...args], { env: environment });
}

/** Takes pictures of every screen; resolves to the exit code. */
export async function screenshots({ node, args, environment }) {
  await prepareMachine(environment);
  await buildWeb(node, environment);
  return run(node, ['packages/web/test/screenshots/main.ts', ...args], { env: environment });
}
