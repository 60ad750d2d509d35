import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryPath } from './paths.mjs';

/**
 * Returns the script behind an installed command. Scripts are run by path because a command of `node_modules/.bin`
 * would run on whatever `node` the machine has.
 */
export function toolScript(packageName, command = packageName) {
  const folder = join(repositoryPath, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}
