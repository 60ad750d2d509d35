import { prompt } from '../ssh/shell.ts';
import { productShells } from '../ssh/sockets.ts';
import type { Scenario, ScenarioContext } from './scenario.ts';

const samples = 15;
const commands = 100;
const atOnce = 10;

function execute({ product, entryId }: ScenarioContext): Promise<unknown> {
  return product.call('POST', `/api/connection/${entryId}/exec`, { command: 'true' });
}

function timed(name: string, work: (surroundings: ScenarioContext) => Promise<unknown>, count = samples): Scenario {
  return {
    name,
    unit: 'ms',
    samples: count,
    prepare: (surroundings) =>
      Promise.resolve(async () => {
        const startedMs = performance.now();
        await work(surroundings);
        return performance.now() - startedMs;
      }),
  };
}

export const sshScenarios: readonly Scenario[] = [
  timed('exec, server used before', execute),
  timed('terminal open, server used before', async ({ product, entryId }) => {
    await using shell = await productShells(product, entryId)();
    await prompt(shell);
  }),
  timed(
    `${commands} commands, ${atOnce} at a time`,
    async (surroundings) => {
      let left = commands;
      const work = async () => {
        while (left-- > 0) await execute(surroundings);
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    },
    3,
  ),
];
