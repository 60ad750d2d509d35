import { readFileSync } from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second, whatever its own clock does. */
const ticksPerSecond = 100;

/** CPU time that a process has used in all of its threads, in seconds (proc(5), utime and stime of `stat`). */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Memory of a process that is in RAM, in megabytes. */
export function residentMegabytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
