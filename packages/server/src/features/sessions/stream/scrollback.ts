const smallestBytes = 4 * 1024;

/**
 * The latest output of a terminal, for clients that rejoin. A ring buffer, because stored chunks would keep alive the larger buffers from which they
 * are cut.
 */
export class Scrollback {
  readonly #maxBytes: number;
  #ring = Buffer.alloc(0);
  /** The index of the oldest byte. */
  #start = 0;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): void {
    const newest = chunk.subarray(-this.#maxBytes);
    if (newest.length === 0) return;
    this.#makeRoom(this.#bytes + newest.length);
    const capacity = this.#ring.length;
    const end = (this.#start + this.#bytes) % capacity;
    const fits = newest.copy(this.#ring, end);
    newest.copy(this.#ring, 0, fits);
    const excess = Math.max(0, this.#bytes + newest.length - capacity);
    this.#start = (this.#start + excess) % capacity;
    this.#bytes = Math.min(this.#bytes + newest.length, capacity);
  }

  /** A copy; later pushes do not change it. */
  read(): Buffer {
    const toEnd = this.#ring.subarray(this.#start, this.#start + this.#bytes);
    return Buffer.concat([toEnd, this.#ring.subarray(0, this.#bytes - toEnd.length)]);
  }

  /** Doubles its size when full, so that a quiet terminal stays small. */
  #makeRoom(bytes: number): void {
    if (bytes <= this.#ring.length || this.#ring.length === this.#maxBytes) return;
    let capacity = Math.max(smallestBytes, this.#ring.length);
    while (capacity < bytes) capacity *= 2;
    const larger = Buffer.alloc(Math.min(capacity, this.#maxBytes));
    this.read().copy(larger);
    this.#ring = larger;
    this.#start = 0;
  }
}
