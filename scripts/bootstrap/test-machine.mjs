import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child-process.mjs';
import { repositoryPath } from './paths.mjs';
import { Stop } from './stop.mjs';

/** Installs the programs that tests need beside npm packages. */
export async function prepareMachine(environment) {
  const script = join(repositoryPath, 'scripts', 'test-machine.sh');
  if (!existsSync(script)) return;
  const exitCode = await run('bash', [script], { env: environment });
  if (exitCode !== 0) throw new Stop('The machine lacks programs that the tests need (see above).', exitCode);
}
