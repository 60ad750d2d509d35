import { setTimeout as delay } from 'node:timers/promises';
import { atLeastShare, atMost } from '../goals.ts';
import { quantile } from '../latency.ts';
import { residentMegabytesOf } from '../process-figures.ts';
import type { Result, Row } from '../row.ts';
import { startSshContest, type ShellContestant, type SshContest } from '../ssh/contestants.ts';
import { begin, prompt } from '../ssh/shell.ts';

const bulkMegabytes = 100;
const rounds = 5;
/** The variation of `ssh` between runs. */
const shareOfSsh = 0.9;
const stoppedMs = 4_000;
const mostStoppedMb = 32;
const idleShells = 200;
const opensAtOnce = 4;
const settleMs = 3_000;
const mostIdleMb = 0.09;

/** The throughput of output, and the cost of a reader that stops. */
export const terminalBulk: Row = {
  name: 'terminal-bulk',
  async run({ directory }) {
    await using contest = await startSshContest(directory);
    const rates = contest.contestants.map(() => [] as number[]);
    for (let round = 0; round < rounds; round++)
      for (const [index, contestant] of contest.contestants.entries())
        rates[index]?.push(await megabytesPerSecond(contestant));
    const medians = rates.map((samples) => quantile(samples, 0.5));
    return [
      {
        title: `terminal: ${bulkMegabytes} MB of output, median of ${rounds} (MB per second)`,
        lines: contest.contestants.map(({ who }, index) => ({ who, figures: { perSecond: medians[index] } })),
        goals: [atLeastShare(shareOfSsh, 'ssh', medians[0], medians[2])],
      },
      await stopReading(contest),
    ];
  },
};

async function megabytesPerSecond({ open }: ShellContestant): Promise<number> {
  await using shell = await open();
  await prompt(shell);
  const startedMs = performance.now();
  await new Promise<void>((resolve) => {
    let missing = bulkMegabytes * 1e6;
    shell.onOutput((bytes) => {
      missing -= bytes.length;
      if (missing <= 0) resolve();
    });
    shell.write(`head -c ${bulkMegabytes}M /dev/zero\n`);
  });
  return (bulkMegabytes * 1000) / (performance.now() - startedMs);
}

/** Endless output for a reader that has stopped. */
async function stopReading({ contestants }: SshContest): Promise<Result> {
  const grown: number[] = [];
  for (const { open, pid } of contestants.slice(0, 2)) {
    await using shell = await open();
    await prompt(shell);
    const before = residentMegabytesOf(pid ?? 0);
    await begin(shell, 'yes');
    shell.stopReading();
    await delay(stoppedMs);
    grown.push(residentMegabytesOf(pid ?? 0) - before);
  }
  return {
    title: `terminal: endless output, a reader that stops for ${stoppedMs / 1000} s, memory that this takes`,
    lines: contestants.slice(0, 2).map(({ who }, index) => ({ who, figures: { megabytes: grown[index] } })),
    goals: [atMost(mostStoppedMb, 'MB', 'growth', grown[0])],
  };
}

/** The memory of an idle session. */
export const terminalIdle: Row = {
  name: 'terminal-idle',
  async run({ directory }) {
    await using contest = await startSshContest(directory);
    const each: number[] = [];
    for (const contestant of contest.contestants.slice(0, 2)) each.push(await megabytesPerShell(contestant));
    return [
      {
        title: `terminal: resident memory of each of ${idleShells} idle sessions`,
        lines: contest.contestants.slice(0, 2).map(({ who }, index) => ({ who, figures: { megabytes: each[index] } })),
        goals: [atMost(mostIdleMb, 'MB', 'each', each[0])],
      },
    ];
  },
};

async function megabytesPerShell({ open, pid = 0 }: ShellContestant): Promise<number> {
  await using shells = new AsyncDisposableStack();
  const openSome = async (count: number) => {
    for (let opened = 0; opened < count; opened += opensAtOnce)
      await Promise.all(Array.from({ length: opensAtOnce }, async () => prompt(shells.use(await open()))));
  };
  // The first sessions load code, whose memory stays.
  await openSome(idleShells / 10);
  await delay(settleMs);
  const before = residentMegabytesOf(pid);
  await openSome(idleShells);
  await delay(settleMs);
  return (residentMegabytesOf(pid) - before) / idleShells;
}
