import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerProcess } from './server-process.ts';

const mebibyte = 1024 * 1024;
/** More than a heap grows that is collected now and then; less than a leak of a few KiB for each request. */
const maxGrowthBytes = 128 * mebibyte;
/** Of processor time, in one turn of the event loop. */
const maxTurnMs = 250;

/** What a server is started with so that its vital signs can be taken. */
export function observed(directory: string): Readonly<Record<string, string>> {
  return {
    LOOP_DELAY_FILE: fileIn(directory),
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'loop-delay.ts')).href}`,
  };
}

function fileIn(directory: string): string {
  return join(directory, 'loop-delay');
}

/** Memory and event loop of a server from now on. */
export function watchVitalSigns({ pid }: Pick<ServerProcess, 'pid'>, directory: string) {
  const before = residentBytes(pid);
  process.kill(pid, 'SIGUSR2');
  const longestTurnMs = () => Number(readFileSync(fileIn(directory), 'utf8'));
  return {
    longestTurnMs,
    /** What is wrong with them; empty if nothing is. */
    faults(): string[] {
      const grownBytes = residentBytes(pid) - before;
      const turnMs = longestTurnMs();
      return [
        ...(grownBytes > maxGrowthBytes ? [`memory grew by ${Math.round(grownBytes / mebibyte)} MiB`] : []),
        ...(turnMs > maxTurnMs ? [`the event loop computed for ${Math.round(turnMs)} ms without a turn`] : []),
      ];
    },
  };
}

function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
