import { once, EventEmitter } from 'node:events';
import { atMost } from '../goals.ts';
import { spread } from '../latency.ts';
import type { ContestantResult, Row } from '../row.ts';
import { startSshContest, type ShellContestant } from '../ssh/contestants.ts';
import { begin, prompt, type Shell } from '../ssh/shell.ts';

const opens = 15;
const longestOpenMs = 100;
const rounds = 3;
const longestEchoMs = 0.5;
const longestRareEchoMs = 5;
/** The terminal echoes by itself; the input is discarded. */
export const echoing = 'stty -icanon; clear; cat > /dev/null';

/** From the request for a terminal to the prompt of its shell. */
export const terminalOpen: Row = {
  name: 'terminal-open',
  async run({ directory }) {
    await using contest = await startSshContest(directory);
    const samples = contest.contestants.map(() => [] as number[]);
    // The first sample of each is the warm-up.
    for (let count = 0; count <= opens; count++)
      for (const [index, contestant] of contest.contestants.entries()) {
        const openMs = await timeToPrompt(contestant);
        if (count > 0) samples[index]?.push(openMs);
      }
    const lines = linesOf(contest.contestants, samples);
    return [
      {
        title: `terminal: from the wish to the prompt, ${opens} times, one after the other`,
        lines,
        goals: [atMost(longestOpenMs, 'ms', 'p50', lines[0]?.figures.p50Ms)],
      },
    ];
  },
};

async function timeToPrompt({ open }: ShellContestant): Promise<number> {
  const startedMs = performance.now();
  await using shell = await open();
  await prompt(shell);
  return performance.now() - startedMs;
}

/** The time from a key to its echo. */
export const terminalEcho: Row = {
  name: 'terminal-echo',
  async run({ directory, seconds }) {
    await using contest = await startSshContest(directory);
    await using shells = new AsyncDisposableStack();
    const opened: Shell[] = [];
    for (const { open } of contest.contestants) {
      const shell = shells.use(await open());
      await prompt(shell);
      await begin(shell, echoing);
      opened.push(shell);
    }
    const samples = contest.contestants.map(() => [] as number[]);
    for (const shell of opened) await echoes(shell, 1);
    for (let round = 0; round < rounds; round++)
      for (const [index, shell] of opened.entries())
        for (const sample of await echoes(shell, seconds / rounds)) samples[index]?.push(sample);
    const lines = linesOf(contest.contestants, samples);
    const product = lines[0]?.figures;
    return [
      {
        title: 'terminal: echo of one key after the other',
        lines,
        goals: [
          atMost(longestEchoMs, 'ms', 'p50', product?.p50Ms),
          atMost(longestRareEchoMs, 'ms', 'p99', product?.p99Ms),
        ],
      },
    ];
  },
};

/** Types keys in sequence; resolves to the time of each echo. */
export async function echoes(shell: Shell, seconds: number): Promise<readonly number[]> {
  const heard = new EventEmitter();
  shell.onOutput(() => {
    heard.emit('echo');
  });
  const samplesMs: number[] = [];
  const endMs = performance.now() + seconds * 1000;
  while (performance.now() < endMs) {
    const sentMs = performance.now();
    shell.write('x');
    await once(heard, 'echo');
    samplesMs.push(performance.now() - sentMs);
  }
  return samplesMs;
}

function linesOf(contestants: readonly ShellContestant[], samples: readonly (readonly number[])[]): ContestantResult[] {
  return contestants.map(({ who }, index) => ({ who, figures: spread(samples[index] ?? []) }));
}
