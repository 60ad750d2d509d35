import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareBuilds, scenarioNames } from './against/against.ts';
import { showResult } from './report.ts';
import { RowSkipped, type Result, type Row, type Settings } from './row.ts';
import { rows } from './rows/all.ts';

const defaultSeconds = 6;

const usage = `Usage: npm run bench -- [--only ROW]… [--seconds N] [--long] [--against DIRECTORY]
  --only     measure this row alone; may be given several times
  --seconds  how long each contestant of a row is measured (${defaultSeconds})
  --long     the rows that take minutes, too
  --against  instead of the rows: this build and that of another checkout, by turns
Rows: ${rows.map(({ name, long }) => (long === true ? `${name} (long)` : name)).join(', ')}
With --against: ${scenarioNames.join('; ')}`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      seconds: { type: 'string', default: String(defaultSeconds) },
      long: { type: 'boolean', default: false },
      against: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const seconds = Number(values.seconds);
  const names = values.against === undefined ? rows.map(({ name }) => name) : scenarioNames;
  const unknown = values.only?.filter((name) => !names.includes(name)) ?? [];
  if (values.help || unknown.length > 0 || !(seconds > 0)) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const chosen = rows.filter(({ name, long }) => values.only?.includes(name) ?? (long !== true || values.long));
  console.log(describeMachine());
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  try {
    if (values.against === undefined) summarize(await measure(chosen, { seconds, directory }));
    else await compareBuilds({ build: resolve(values.against), directory, only: values.only });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(chosen: readonly Row[], settings: Settings): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const row of chosen) {
    try {
      for (const result of await row.run(settings)) {
        console.log(showResult(result));
        results.push(result);
      }
    } catch (error) {
      if (!(error instanceof RowSkipped)) throw error;
      console.log(`\n${row.name}: skipped. ${error.message}`);
    }
  }
  return results;
}

function summarize(results: readonly Result[]): void {
  const goals = results.flatMap((result) => result.goals);
  const met = goals.filter((goal) => goal.met).length;
  console.log(`\n${met} of ${goals.length} goals met`);
}

function describeMachine(): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `Node.js ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${memory} GiB, load ${loadavg()[0]?.toFixed(1) ?? '?'} at the start`;
}

await main();
