import { atLeastShare } from '../goals.ts';
import { quantile, spread } from '../latency.ts';
import type { Figures, ContestantResult, Result, Row } from '../row.ts';
import { startSshContest, type SshContest } from '../ssh/contestants.ts';
import { opensshCommand, shareOpensshConnection } from '../ssh/openssh.ts';

const commands = 15;
const shareOfSsh = 1;
const shareOfSharedConnection = 1 / 0.6;
const many = 100;
const atOnce = 10;
const rounds = 3;
const shareOfSharedMany = 1 / 0.8;

/** Runs one command on the target. */
type RunCommand = () => Promise<unknown>;

/** The product, `ssh` that logs in each time, and `ssh` over an open connection; the product first. */
async function startContest(
  directory: string,
  opening: AsyncDisposableStack,
): Promise<readonly [string, RunCommand][]> {
  const contest: SshContest = opening.use(await startSshContest(directory));
  const { product, entryId, target } = contest;
  const shared = opening.use(await shareOpensshConnection(target, directory));
  return [
    ['product', () => product.call('POST', `/api/connection/${entryId}/exec`, { command: 'true' })],
    ['ssh', () => opensshCommand(target, 'true')],
    ['ssh, connection open (ControlMaster)', () => shared.run('true')],
  ];
}

/** A command on a recently used server: by the product, by `ssh`, and by `ssh` with ControlMaster. */
export const exec: Row = {
  name: 'exec',
  async run({ directory }) {
    await using opening = new AsyncDisposableStack();
    const contestants = await startContest(directory, opening);
    const samples = contestants.map(() => [] as number[]);
    for (let count = 0; count < commands; count++)
      for (const [index, [, run]] of contestants.entries()) samples[index]?.push(await timed(run));
    const lines = contestants.map(([who], index) => ({ who, figures: spread(samples[index] ?? []) }));
    return [result(`exec of one command, ${commands} times, one after the other`, lines, shareOfSharedConnection)];
  },
};

/** Many commands on one server, several at a time. */
export const execMany: Row = {
  name: 'exec-many',
  async run({ directory }) {
    await using opening = new AsyncDisposableStack();
    const contestants = await startContest(directory, opening);
    const samples = contestants.map(() => [] as number[]);
    for (let round = 0; round < rounds; round++)
      for (const [index, [, run]] of contestants.entries()) samples[index]?.push(await timed(() => runMany(run)));
    const lines = contestants.map(([who], index): ContestantResult => {
      const figures: Figures = { p50Ms: quantile(samples[index] ?? [], 0.5) };
      return { who, figures };
    });
    return [result(`exec of ${many} commands, ${atOnce} at a time, median of ${rounds}`, lines, shareOfSharedMany)];
  },
};

function result(title: string, lines: readonly ContestantResult[], shareOfShared: number): Result {
  const [ours, ssh, shared] = lines.map(({ figures }) => 1 / (figures.p50Ms ?? Infinity));
  return {
    title,
    lines,
    goals: [
      atLeastShare(shareOfSsh, 'the speed of ssh', ours, ssh),
      atLeastShare(shareOfShared, 'the speed of ssh with ControlMaster', ours, shared),
    ],
  };
}

async function runMany(run: RunCommand): Promise<void> {
  let left = many;
  const work = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
