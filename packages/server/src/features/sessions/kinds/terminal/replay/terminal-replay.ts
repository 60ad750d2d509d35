import type { Replay } from '../../../stream/replay.ts';
import { Segments } from './segments.ts';
import { SequenceScanner, TextSearch, type Sequence } from './sequence-scanner.ts';
import { TerminalState, type StateMark } from './terminal-state.ts';

/** How much output is kept for clients that join again: of the shell, and of the full-screen program that runs in it. */
const primaryBytes = 256 * 1024;
const alternateBytes = 128 * 1024;
/** The most bytes of one control sequence that are kept; the rest of a longer one, such as an image, is dropped. */
const maxSequenceBytes = 64 * 1024;

/** Ends a control sequence without effect. */
const cancel = Buffer.from([0x18]);

/**
 * What a terminal shows, as output that shows it again: of the primary screen, and, while a program uses the alternate screen, of that. What is
 * dropped because it is too old is replaced with the modes that it has set (docs/decisions/0021).
 */
export class TerminalReplay implements Replay {
  readonly #scanner = new SequenceScanner();
  readonly #state = new TerminalState();
  readonly #primary = new Segments(primaryBytes);
  #alternate: Segments | undefined;
  /** The state when the alternate screen was entered. */
  #entered: StateMark | undefined;
  /** The size of the sequence that is not complete yet. */
  #sequenceBytes = 0;

  push(chunk: Buffer): void {
    const search = new TextSearch(chunk);
    const unstored = new Unstored(chunk);
    for (let at = 0; at < chunk.length;) {
      if (!this.#scanner.isInText()) {
        at = this.#readSequence(unstored, at);
        continue;
      }
      const end = search.endFrom(at);
      const screen = this.#screen();
      const cut = screen.cutIn(search, at, end, at - unstored.start);
      if (cut >= 0) {
        screen.append(unstored.takeUntil(cut));
        screen.startSegment(this.#state.toOutput());
        at = cut;
      } else at = end < chunk.length ? this.#readSequence(unstored, end) : end;
    }
    this.#screen().append(unstored.takeUntil(chunk.length));
  }

  read(): Buffer {
    const rest = this.#sequenceBytes > maxSequenceBytes ? this.#scanner.restart() : '';
    const alternate = this.#alternate?.read() ?? Buffer.alloc(0);
    return Buffer.concat([this.#primary.read(), alternate, Buffer.from(rest, 'latin1')]);
  }

  /** Whether a program has to draw its screen again for a client that gets this. */
  needsRedraw(): boolean {
    return this.#alternate?.isComplete === false;
  }

  #screen(): Segments {
    return this.#alternate ?? this.#primary;
  }

  /** Reads a sequence, or as much of it as the chunk has; returns the index behind it. */
  #readSequence(unstored: Unstored, at: number): number {
    const end = this.#scanner.readSequence(unstored.chunk, at);
    const wasDropping = this.#sequenceBytes > maxSequenceBytes;
    this.#sequenceBytes += end - at;
    if (this.#sequenceBytes > maxSequenceBytes) {
      if (!wasDropping) this.#screen().append(Buffer.concat([unstored.takeUntil(at), cancel]));
      unstored.takeUntil(end);
    }
    const { sequence } = this.#scanner;
    if (this.#scanner.isInText()) this.#sequenceBytes = 0;
    if (sequence !== undefined) this.#apply(sequence, unstored, end);
    return end;
  }

  #apply(sequence: Sequence, unstored: Unstored, end: number): void {
    const wasAlternate = this.#alternate !== undefined;
    this.#state.apply(sequence);
    if (this.#state.isAlternate === wasAlternate) return;
    const bytes = unstored.takeUntil(end);
    if (this.#state.isAlternate) {
      this.#primary.append(bytes);
      this.#alternate = new Segments(alternateBytes);
      this.#entered = this.#state.mark();
    } else {
      // The primary screen is as it was. Modes are those of both screens; the one that moves the cursor comes first, as leaving restores the cursor.
      this.#alternate = undefined;
      const isSame = this.#entered !== undefined && this.#state.isAt(this.#entered);
      const [origin, others] = isSame ? ['', ''] : [this.#state.originToOutput(), this.#state.toOutputInPlace()];
      this.#primary.append(Buffer.from(`${origin}\u001B${sequence}${others}`, 'latin1'));
    }
  }
}

/** The part of a chunk that is not stored yet. */
class Unstored {
  readonly chunk: Buffer;
  start = 0;

  constructor(chunk: Buffer) {
    this.chunk = chunk;
  }

  takeUntil(end: number): Buffer {
    const bytes = this.chunk.subarray(this.start, end);
    this.start = end;
    return bytes;
  }
}
