import { delimiter, dirname, join } from 'node:path';
import { runtimePath } from './paths.mjs';

/**
 * Returns the environment for a program that the given Node.js runs: that Node.js comes first on PATH, and compiled
 * code is kept between runs (the server loads in a tenth of the time).
 */
export function environmentFor(node) {
  const { PATH, Path, ...others } = process.env;
  return {
    NODE_COMPILE_CACHE: join(runtimePath, 'compile-cache'),
    ...others,
    PATH: [dirname(node), PATH ?? Path].filter(Boolean).join(delimiter),
  };
}
