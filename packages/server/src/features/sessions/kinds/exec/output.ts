import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { CommandOutput, OutputEncoding } from '@gatehouse/contract/command-output';
import { happensWithin } from '../happens-within.ts';

/** Most bytes kept of each output stream; the rest is read and dropped. */
const maxOutputBytes = 1024 * 1024;
/** How long output may pause behind the exit status before the rest is given up: a program in the background may hold it open for ever. */
const drainMs = 1_000;

/** What a command prints, collected from the first byte on. */
export class OutputCollector {
  readonly #stdout: CollectedStream;
  readonly #stderr: CollectedStream;

  constructor(stdout: Readable, stderr: Readable) {
    this.#stdout = new CollectedStream(stdout);
    this.#stderr = new CollectedStream(stderr);
  }

  /** To be called after the exit status, which may overtake output. Resolves when all output is here, or when no more has come for a while. */
  async drain(): Promise<void> {
    const ended = Promise.all([this.#stdout.ended, this.#stderr.ended]);
    for (;;) {
      const before = this.#bytes();
      if ((await happensWithin(ended, drainMs)) || this.#bytes() === before) return;
    }
  }

  /** What has been printed so far. */
  collected(encoding: OutputEncoding): CommandOutput {
    const [stdout, stderr] = [this.#stdout.kept(), this.#stderr.kept()];
    return {
      stdout: stdout.toString(encoding),
      stderr: stderr.toString(encoding),
      encoding,
      truncated: this.#stdout.isTruncated() || this.#stderr.isTruncated(),
      lossy: encoding === 'utf8' && !(isUtf8(stdout) && isUtf8(stderr)),
    };
  }

  #bytes(): number {
    return this.#stdout.bytes + this.#stderr.bytes;
  }
}

class CollectedStream {
  readonly ended: Promise<void>;
  /** How many have arrived, those that were dropped included. */
  bytes = 0;
  readonly #chunks: Buffer[] = [];

  constructor(stream: Readable) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.ended = promise;
    stream.on('data', (chunk: Buffer) => {
      const room = maxOutputBytes - this.bytes;
      if (room > 0) this.#chunks.push(chunk.subarray(0, room));
      this.bytes += chunk.length;
    });
    for (const event of ['end', 'close', 'error'] as const) {
      stream.once(event, () => {
        resolve(undefined);
      });
    }
  }

  isTruncated(): boolean {
    return this.bytes > maxOutputBytes;
  }

  kept(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
