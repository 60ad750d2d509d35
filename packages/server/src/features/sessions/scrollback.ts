/** The latest output of a terminal, for whoever joins it again; grows only as far as it is used. */
export class Scrollback {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes > this.#maxBytes) {
      const [oldest] = this.#chunks;
      if (oldest === undefined) return;
      const excess = this.#bytes - this.#maxBytes;
      if (oldest.length <= excess) {
        this.#chunks.shift();
        this.#bytes -= oldest.length;
      } else {
        this.#chunks[0] = oldest.subarray(excess);
        this.#bytes -= excess;
      }
    }
  }

  read(): Buffer {
    const all = Buffer.concat(this.#chunks);
    // Small chunks keep their own memory alive each; one piece is cheaper from here on.
    this.#chunks = all.length === 0 ? [] : [all];
    return all;
  }
}
