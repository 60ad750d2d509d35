import { run } from './child-process.mjs';

/** Runs the server; resolves to its exit code. */
export function start({ node, args, environment }) {
  return run(node, ['packages/server/src/main.ts', ...args], { env: environment });
}

/** Runs the measurements; resolves to their exit code. */
export function bench({ node, args, environment }) {
  return run(node, ['bench/main.ts', ...args], { env: environment });
}
