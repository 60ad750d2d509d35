/**
 * What a Node.js program that a test starts gets of this process's environment: where programs are, and where Node.js keeps compiled code. Without
 * the latter a server compiles all of its modules at each start.
 */
export function inheritedEnvironment(): Readonly<Record<string, string>> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
}
