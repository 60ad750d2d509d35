import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const repositoryPath = fileURLToPath(new URL('../..', import.meta.url));

/** What the scripts download and cache; ignored by git, and safe to delete at any time. */
export const runtimePath = join(repositoryPath, '.runtime');
