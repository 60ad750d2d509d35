import { run } from './child-process.mjs';
import { buildWeb } from './web.mjs';

/** Runs the server with the web app; resolves to its exit code. */
export async function start({ node, args, environment }) {
  await buildWeb(node, environment);
  return run(node, ['packages/server/src/main.ts', ...args], { env: environment });
}

/** Runs the measurements; resolves to their exit code. */
export function bench({ node, args, environment }) {
  return run(node, ['bench/main.ts', ...args], { env: environment });
}
