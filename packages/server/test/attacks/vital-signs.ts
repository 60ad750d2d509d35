import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import type { ServerProcess } from './server-process.ts';

const mebibyte = 1024 * 1024;
/** What is kept on purpose, as lists; less than a leak of 1 KiB for each of 100,000 requests. */
const maxGrowthBytes = 64 * mebibyte;
/** At any time, with what waits to be collected and what the allocator does not give back; 200 MiB are usual after much work. */
const maxResidentBytes = 512 * mebibyte;
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
export async function watchVitalSigns({ pid }: Pick<ServerProcess, 'pid'>, directory: string) {
  const longestTurnMs = () => Number(readFileSync(fileIn(directory), 'utf8'));
  const memoryFile = `${fileIn(directory)}.memory`;
  const bytesInUse = async () => {
    writeFileSync(memoryFile, '');
    process.kill(pid, 'SIGUSR2');
    await vi.waitUntil(() => readFileSync(memoryFile, 'utf8') !== '', { timeout: 60_000 });
    return Number(readFileSync(memoryFile, 'utf8'));
  };
  const before = await bytesInUse();
  return {
    longestTurnMs,
    /** What is wrong with them; empty if nothing is. */
    async faults(): Promise<string[]> {
      const turnMs = longestTurnMs();
      const grownBytes = (await bytesInUse()) - before;
      const mostBytes = mostResidentBytes(pid);
      return [
        ...(grownBytes > maxGrowthBytes ? [`memory in use grew by ${Math.round(grownBytes / mebibyte)} MiB`] : []),
        ...(mostBytes > maxResidentBytes ? [`memory came to ${Math.round(mostBytes / mebibyte)} MiB`] : []),
        ...(turnMs > maxTurnMs ? [`the event loop computed for ${Math.round(turnMs)} ms without a turn`] : []),
      ];
    },
  };
}

/** The most that the process had in RAM. */
function mostResidentBytes(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
