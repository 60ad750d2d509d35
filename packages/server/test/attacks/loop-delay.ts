import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into a server (`--import`): writes the longest time that its main thread computed without a turn of its event loop to the file that
 * LOOP_DELAY_FILE names, in milliseconds. Processor time, which does not count how long a busy machine left the thread waiting. SIGUSR2 collects
 * garbage, writes what memory is in use to the file whose name has `.memory` behind it, in bytes, and begins anew.
 */
const file = process.env['LOOP_DELAY_FILE'];
const probeMs = 2;
let longestMs = 0;

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function watch(path: string): void {
  let last = cpuMs();
  const probe = () => {
    const now = cpuMs();
    if (now - last > longestMs) {
      longestMs = now - last;
      writeFileSync(path, String(longestMs));
    }
    // What writing took is not the server's.
    last = cpuMs();
  };
  setInterval(probe, probeMs).unref();
  process.on('SIGUSR2', () => {
    collectGarbage();
    longestMs = 0;
    writeFileSync(path, String(longestMs));
    writeFileSync(`${path}.memory`, String(bytesInUse()));
    last = cpuMs();
  });
}

/** Objects, and what they hold outside of the heap. */
function bytesInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

if (isMainThread && file !== undefined) watch(file);
