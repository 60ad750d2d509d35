import type { TextSearch } from './sequence-scanner.ts';

const smallestBytes = 4 * 1024;

/** The size at which a segment ends with the next line. */
const segmentBytes = 16 * 1024;
/** The size at which it ends in any case, between two characters. */
const longestSegmentBytes = 2 * segmentBytes;
/** The most bytes of a UTF-8 character that follow its first. */
const maxContinuationBytes = 3;

/** Output that begins between two characters, outside of a control sequence. */
interface Segment {
  /** Sets a terminal to the state in which the segment begins. */
  readonly prefix: string;
  bytes: Buffer;
  size: number;
}

/** The latest output of one screen of a terminal. The oldest is dropped in segments, so that what is left begins at a safe place. */
export class Segments {
  /** At least this much is kept, and at most a segment more, which may end with a long control sequence. */
  readonly #keptBytes: number;
  #newest = newSegment('');
  /** The older ones, the oldest first. */
  #older: Segment[] = [];
  #size = 0;
  #isComplete = true;

  constructor(keptBytes: number) {
    this.#keptBytes = keptBytes;
  }

  /** Whether nothing was dropped. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  append(bytes: Buffer): void {
    const segment = this.#newest;
    if (bytes.length === 0) return;
    makeRoom(segment, bytes.length);
    segment.size += bytes.copy(segment.bytes, segment.size);
    this.#size += bytes.length;
  }

  /** Starts a segment where a terminal has the state that `prefix` sets, and drops what is too old. */
  startSegment(prefix: string): void {
    const full = this.#newest;
    full.bytes = Buffer.from(full.bytes.subarray(0, full.size));
    this.#older.push(full);
    this.#newest = newSegment(prefix);
    for (;;) {
      const [oldest] = this.#older;
      if (oldest === undefined || this.#size - oldest.size < this.#keptBytes) return;
      this.#older.shift();
      this.#size -= oldest.size;
      this.#isComplete = false;
    }
  }

  /**
   * The index in the text from `from` to `end`, `pending` bytes of which are behind the newest segment, at which the next segment should start; -1 if
   * it is not long enough yet.
   */
  cutIn(search: TextSearch, from: number, end: number, pending: number): number {
    const { chunk } = search;
    const size = this.#newest.size + pending;
    if (size + end - from < segmentBytes) return -1;
    const latest = Math.max(from, from + longestSegmentBytes - size);
    const line = search.lineEndFrom(Math.max(from, from + segmentBytes - size));
    if (line <= Math.min(end, latest)) return line;
    if (latest >= chunk.length || latest > end) return -1;
    const cut = afterCharacter(chunk, latest);
    // The next chunk may begin within a character, but not for ever.
    return cut < chunk.length || size > longestSegmentBytes + maxContinuationBytes ? cut : -1;
  }

  /** Everything that is kept, behind the state in which it begins. */
  read(): Buffer {
    const segments = [...this.#older, this.#newest];
    const prefix = Buffer.from(segments[0]?.prefix ?? '', 'latin1');
    return Buffer.concat([prefix, ...segments.map(({ bytes, size }) => bytes.subarray(0, size))]);
  }
}

function newSegment(prefix: string): Segment {
  return { prefix, bytes: Buffer.alloc(0), size: 0 };
}

/** Doubles its size when full, so that a quiet terminal stays small. Not a part of a larger buffer, which it would keep alive. */
function makeRoom(segment: Segment, bytes: number): void {
  const needed = segment.size + bytes;
  if (needed <= segment.bytes.length) return;
  let capacity = Math.max(smallestBytes, segment.bytes.length);
  while (capacity < needed) capacity *= 2;
  const larger = Buffer.alloc(capacity);
  segment.bytes.copy(larger, 0, 0, segment.size);
  segment.bytes = larger;
}

/** The first index at or behind `at` that is not within a character. */
function afterCharacter(chunk: Buffer, at: number): number {
  let index = at;
  while (index < chunk.length && index < at + maxContinuationBytes && isContinuation(chunk[index])) index += 1;
  return index;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}
