import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child-process.mjs';
import { Stop } from './stop.mjs';
import { prepareMachine } from './test-machine.mjs';
import { countTests, formatCount } from './test-count.mjs';
import { toolScript } from './tool.mjs';
import { buildWeb } from './web.mjs';

/** Prepares the machine, runs every test, and ends with their count; fails when a test failed or none ran. */
export async function test({ node, args, environment }) {
  await prepareMachine(environment);
  await buildWeb(node, environment);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tests-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const exitCode = await run(node, [toolScript('vitest'), 'run', ...reporters, ...args], { env: environment });
    return conclude(report, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function conclude(report, exitCode) {
  if (!existsSync(report)) throw new Stop('The test run ended without a report.', exitCode || 1);
  const count = countTests(JSON.parse(readFileSync(report, 'utf8')));
  if (exitCode !== 0 && count.failed === 0) console.log('The run failed outside of its tests (see above).');
  console.log(formatCount(count));
  const nothingRan = count.passed + count.failed === 0;
  return exitCode === 0 && (count.failed > 0 || nothingRan) ? 1 : exitCode;
}
