import { atLeastShare } from '../goals.ts';
import { spread } from '../latency.ts';
import type { Row } from '../row.ts';
import { startSshContest } from '../ssh/contestants.ts';
import { opensshCommand } from '../ssh/openssh.ts';

const commands = 15;
const shareOfSsh = 1;

/** A command on the target: log in, run it, answer. */
export const exec: Row = {
  name: 'exec',
  async run({ directory }) {
    await using contest = await startSshContest(directory);
    const { product, entryId, target } = contest;
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let count = 0; count < commands; count++) {
      ours.push(await timed(() => product.call('POST', `/api/connection/${entryId}/exec`, { command: 'true' })));
      theirs.push(await timed(() => opensshCommand(target, 'true')));
    }
    const lines = [
      { who: 'product', figures: spread(ours) },
      { who: 'ssh', figures: spread(theirs) },
    ];
    return [
      {
        title: `exec of one command with its login, ${commands} times, one after the other`,
        lines,
        goals: [
          atLeastShare(
            shareOfSsh,
            'the speed of ssh',
            1 / (lines[0]?.figures.p50Ms ?? 1),
            1 / (lines[1]?.figures.p50Ms ?? 1),
          ),
        ],
      },
    ];
  },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
