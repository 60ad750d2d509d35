import type { Readable } from 'node:stream';
import { windowBytes } from '../../../stream/joinable-stream.ts';
import type { OutputStream, Sink } from '../../../stream/sink.ts';
import { happensWithin } from '../../happens-within.ts';

/** How long output may pause behind the exit status before the rest is given up: a program in the background may hold it open for ever. */
const drainMs = 1_000;

/** Forwards both outputs of a command, no faster than the client acknowledges them together. */
export class CommandOutputFlow {
  readonly #streams: Readonly<Record<OutputStream, Readable>>;
  readonly #sink: Sink;
  readonly #ended: Promise<unknown>;
  #unacknowledged = 0;
  #total = 0;

  /** Starts to read; `onActivity` is called for each chunk. */
  constructor(streams: Readonly<Record<OutputStream, Readable>>, sink: Sink, onActivity: () => void) {
    this.#streams = streams;
    this.#sink = sink;
    for (const name of ['stdout', 'stderr'] as const)
      streams[name].on('data', (chunk: Buffer) => {
        onActivity();
        this.#forward(chunk, name);
      });
    this.#ended = Promise.all([endOf(streams.stdout), endOf(streams.stderr)]);
  }

  acknowledge(bytes: number): void {
    // Bytes that have not been sent cannot have been processed.
    this.#unacknowledged = Math.max(this.#sink.queuedBytes(), this.#unacknowledged - bytes);
    if (this.#isHeld()) return;
    this.#streams.stdout.resume();
    this.#streams.stderr.resume();
  }

  /**
   * To be called after the exit status, which may overtake output. Resolves when all output was forwarded, when no more has come for a while, or when
   * `isOver`. A slow client is waited for: the limits of the session, and the loss of the client, end that.
   */
  async drain(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const before = this.#total;
      if (await happensWithin(this.#ended, drainMs)) return;
      if (this.#total === before && !this.#isHeld()) return;
    }
  }

  #forward(chunk: Buffer, name: OutputStream): void {
    this.#total += chunk.length;
    this.#unacknowledged += chunk.length;
    this.#sink.send(chunk, name);
    if (this.#unacknowledged <= windowBytes) return;
    this.#streams.stdout.pause();
    this.#streams.stderr.pause();
  }

  #isHeld(): boolean {
    return this.#unacknowledged > windowBytes / 2;
  }
}

function endOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['end', 'close', 'error'] as const)
      stream.once(event, () => {
        resolve();
      });
  });
}
