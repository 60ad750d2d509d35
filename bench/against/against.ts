import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { quantile } from '../latency.ts';
import { productEnvironment, serverArguments, startProduct } from '../product.ts';
import { startMs } from '../rows/cold-start.ts';
import { addTarget, startTarget } from '../ssh/target.ts';
import { httpScenarios } from './http-scenarios.ts';
import type { Scenario, ScenarioContext } from './scenario.ts';
import { sshScenarios } from './ssh-scenarios.ts';

/** The allowed cost of a change; smaller differences are noise on a quiet machine. */
const mostOfBefore = 1.05;

const starts: Scenario = {
  name: 'cold start, compile cache warm',
  unit: 'ms',
  samples: 9,
  prepare: () => Promise.reject(new Error('a start needs no server that runs')),
};

/** The names that `--only` takes with `--against`. */
export const scenarioNames = [...httpScenarios, ...sshScenarios, starts].map(({ name }) => name);

interface Comparison {
  /** The checkout of the earlier build, with its packages installed. */
  readonly build: string;
  readonly directory: string;
  /** The names of scenarios; all if absent. */
  readonly only: readonly string[] | undefined;
}

/** Measures this build and another one in turns, and prints the medians and their ratio. */
export async function compareBuilds({ build, directory, only }: Comparison): Promise<void> {
  const isChosen = ({ name }: Scenario) => only?.includes(name) ?? true;
  console.log(`${''.padEnd(36)}${['before', 'now', 'now/before'].map((name) => name.padStart(12)).join('')}`);
  // The last scenario deletes identities.
  const scenarios = [...sshScenarios, ...httpScenarios].filter(isChosen);
  if (scenarios.length > 0) {
    await using opening = new AsyncDisposableStack();
    const target = opening.use(await startTarget(directory));
    const furnish = async (ofBuild?: string): Promise<ScenarioContext> => {
      const product = opening.use(await startProduct(directory, { build: ofBuild }));
      return { product, target, entryId: await addTarget(product, target) };
    };
    const sides = [await furnish(build), await furnish()] as const;
    for (const scenario of scenarios) {
      const [before, now] = [await scenario.prepare(sides[0]), await scenario.prepare(sides[1])];
      await compare(scenario, before, now);
    }
  }
  if (!isChosen(starts)) return;
  const startOf = (ofBuild?: string) => {
    const environment = productEnvironment(directory, mkdtempSync(join(directory, 'data-')));
    return () => startMs(serverArguments(ofBuild), environment);
  };
  const [before, now] = [startOf(build), startOf()];
  // The first start creates the data and the cache of compiled code.
  for (const start of [before, now]) await start();
  await compare(starts, before, now);
}

type TakeSample = () => Promise<number>;

async function compare({ name, unit, samples }: Scenario, before: TakeSample, now: TakeSample): Promise<void> {
  const taken = { before: [] as number[], now: [] as number[] };
  // The first sample of each is the warm-up. The order alternates, because the second build meets another state of the machine.
  for (let count = 0; count <= samples; count++)
    for (const who of count % 2 === 0 ? (['before', 'now'] as const) : (['now', 'before'] as const)) {
      const sample = await (who === 'before' ? before : now)();
      if (count > 0) taken[who].push(sample);
    }
  const [medianBefore = NaN, medianNow = NaN] = [quantile(taken.before, 0.5), quantile(taken.now, 0.5)];
  const ratio = medianNow / medianBefore;
  const cells = [`${medianBefore.toFixed(0)} ${unit}`, `${medianNow.toFixed(0)} ${unit}`, ratio.toFixed(2)];
  console.log(
    `${name.padEnd(36)}${cells.map((cell) => cell.padStart(12)).join('')}${ratio > mostOfBefore ? '  more' : ''}`,
  );
}
