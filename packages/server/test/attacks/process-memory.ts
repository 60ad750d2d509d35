import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const chunkBytes = 4 * 1024 * 1024;
/** Of the next chunk, so that what stands across the border is found. */
const overlapBytes = 512;

/** A secret that is looked for, in the forms in which it may stand in memory. */
export interface Wanted {
  readonly name: string;
  readonly forms: readonly Buffer[];
}

/** The names of what stands in the writable memory of a process (Linux): in use, or freed and not yet used for anything else. */
export function findInMemory(pid: number, wanted: readonly Wanted[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const chunk of readMemory(pid))
    for (const { name, forms } of wanted)
      if (!found.has(name) && forms.some((form) => chunk.includes(form))) found.add(name);
  return found;
}

function* readMemory(pid: number): Generator<Buffer> {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, start, end] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (start === undefined || end === undefined) continue;
      const last = BigInt(`0x${end}`);
      for (let at = BigInt(`0x${start}`); at < last; at += BigInt(chunkBytes))
        yield readChunk(memory, at, Math.min(chunkBytes + overlapBytes, Number(last - at)));
    }
  } finally {
    closeSync(memory);
  }
}

function readChunk(memory: number, at: bigint, length: number): Buffer {
  const chunk = Buffer.alloc(length);
  try {
    return chunk.subarray(0, readSync(memory, chunk, 0, length, at));
  } catch {
    // Memory that was given back meanwhile, or that the system keeps to itself.
    return chunk.subarray(0, 0);
  }
}
