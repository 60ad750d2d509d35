import { atMost } from '../goals.ts';
import { spread } from '../latency.ts';
import { residentMegabytesOf } from '../process-figures.ts';
import type { Figures, Row } from '../row.ts';
import { startSshContest, type ShellContestant } from '../ssh/contestants.ts';
import { begin, prompt, type Shell } from '../ssh/shell.ts';
import { echoes, echoing } from './terminal-latency.ts';

const shells = 500;
const active = 20;
const opensAtOnce = 10;
/** As a share of the bare bridge's time. */
const longestShare = 1.2;

/** Hundreds of open terminals, some of which get input at the same time. */
export const terminalMany: Row = {
  name: 'terminal-many',
  long: true,
  async run({ directory, seconds }) {
    await using contest = await startSshContest(directory);
    // In sequence: both together need more processes than a small machine has.
    const contestants = contest.contestants.slice(0, 2);
    const figures: Figures[] = [];
    for (const contestant of contestants) figures.push(await measure(contestant, seconds));
    const [ours, bridge] = figures;
    return [
      {
        title: `terminal: ${shells} open, echo of one key after the other in ${active} of them at once`,
        lines: contestants.map(({ who }, index) => ({ who, figures: figures[index] ?? {} })),
        goals: [
          atMost(longestShare, 'times the bridge', 'p99', (ours?.p99Ms ?? Infinity) / (bridge?.p99Ms ?? Infinity)),
        ],
      },
    ];
  },
};

async function measure({ open, pid = 0 }: ShellContestant, seconds: number): Promise<Figures> {
  await using opening = new AsyncDisposableStack();
  const opened: Shell[] = [];
  while (opened.length < shells)
    await Promise.all(
      Array.from({ length: opensAtOnce }, async () => {
        const shell = opening.use(await open());
        await prompt(shell);
        opened.push(shell);
      }),
    );
  const typed = opened.slice(0, active);
  for (const shell of typed) await begin(shell, echoing);
  const samples = await Promise.all(typed.map((shell) => echoes(shell, seconds)));
  return { ...spread(samples.flat()), megabytes: residentMegabytesOf(pid) };
}
