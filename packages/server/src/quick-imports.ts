import { registerHooks, type ResolveHookSync } from 'node:module';

/** A file named in full, beside the one that imports it. */
const relativeFile = /^\.\.?\/.*\.[jt]s$/;

/**
 * Resolves what leaves nothing to find out. Node.js would ask the disk for each file whether it is there and whether it is a link, which takes
 * half of the time that its loading takes.
 */
const resolveRelativeFile: ResolveHookSync = (specifier, context, nextResolve) => {
  const { parentURL, conditions } = context;
  if (parentURL === undefined || !conditions.includes('import') || !relativeFile.test(specifier))
    return nextResolve(specifier, context);
  return { url: new URL(specifier, parentURL).href, shortCircuit: true };
};

/** Imports many modules at once, a start's worth; what is imported later is resolved as usual again. */
export async function importQuickly<T>(load: () => Promise<T>): Promise<T> {
  const hooks = registerHooks({ resolve: resolveRelativeFile });
  try {
    return await load();
  } finally {
    hooks.deregister();
  }
}
