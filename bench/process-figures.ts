import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second, whatever its own clock does. */
const ticksPerSecond = 100;

/** CPU time that a process has used in all of its threads, in seconds (proc(5), utime and stime of `stat`). */
export function cpuSecondsOf(pid: number): number {
  return cpuSecondsIn(`/proc/${pid}/stat`);
}

/** CPU time that the first thread of a process has used, in seconds. */
export function mainThreadSecondsOf(pid: number): number {
  return cpuSecondsIn(`/proc/${pid}/task/${pid}/stat`);
}

function cpuSecondsIn(file: string): number {
  const fields = fieldsOf(file);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The fields after the name of the program, which may contain blanks and brackets. */
function fieldsOf(file: string): readonly string[] {
  const stat = readFileSync(file, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A descendant process whose arguments include this one; undefined if there is none. */
export function findDescendant(ancestor: number, argument: string): number | undefined {
  const pids = readdirSync('/proc').map(Number).filter(Number.isSafeInteger);
  return pids.find((pid) => argumentsOf(pid).includes(argument) && isBelow(pid, ancestor));
}

function isBelow(pid: number, ancestor: number): boolean {
  for (let at = pid; at > 1; at = Number(fieldsOf(`/proc/${at}/stat`)[1])) if (at === ancestor) return true;
  return false;
}

function argumentsOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
  } catch {
    // It ended meanwhile.
    return [];
  }
}

/** Resident memory of a process, in megabytes. */
export function residentMegabytesOf(pid: number): number {
  return megabytesOf(pid, /^VmRSS:\s+(\d+) kB$/m);
}

/** Peak resident memory of a process, in megabytes. */
export function peakMegabytesOf(pid: number): number {
  return megabytesOf(pid, /^VmHWM:\s+(\d+) kB$/m);
}

function megabytesOf(pid: number, field: RegExp): number {
  return Number(field.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
