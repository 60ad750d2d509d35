import { createFloodGauge, type FloodGauge } from './flood.ts';
import { firstLineStart, OutputScanner, type Scanned } from './plain-output.ts';

/** The size of a write to the emulator if nothing can be skipped; it pauses between writes so that the page is drawn. */
const batchBytes = 128 * 1024;
/** The amount of plain output that may wait here although it was acknowledged to the server. */
const maxAheadBytes = 8 * 1024 * 1024;
/** Skipping less than this share of the kept lines is not worth it. */
const leastSkippedPart = 0.25;
/** The pause between writes during a flood: showing more would not be seen, and would slow down the transfer. */
const floodRestMs = 200;

/** What the queue needs of a terminal emulator. */
export interface Emulator {
  /** Processes bytes in order, and calls back when they are processed. */
  write(bytes: Uint8Array, onWritten: () => void): void;
  /** The number of lines after which no older line is left, on the screen or in the scrollback. */
  linesKept(): number;
  /** Whether plain lines scroll from the top of the screen into the scrollback, which is the case unless a program has changed a mode. */
  scrollsPlainly(): boolean;
}

/** A queue of output for an emulator. */
export interface OutputQueue {
  /** `onWritten` is called when the server may send more. */
  write(bytes: Uint8Array, onWritten: () => void): void;
  /** The same, but nothing is skipped, and `onWritten` is called when the bytes are processed. */
  writeWhole(bytes: Uint8Array, onWritten: () => void): void;
  /** Drops the queued output. */
  clear(): void;
}

interface Piece extends Scanned {
  readonly bytes: Uint8Array;
  /** Undefined after it was called. */
  onWritten: (() => void) | undefined;
}

/**
 * Passes output to an emulator. Of plain output that arrives faster than it can be shown, it skips lines that would leave the scrollback again
 * before they were visible: screen and scrollback end up the same, byte for byte.
 * During a flood the emulator pauses between writes, so that there are lines to skip although it could keep up.
 */
export function createOutputQueue(emulator: Emulator, flood: FloodGauge = createFloodGauge()): OutputQueue {
  let scanner = new OutputScanner();
  let waiting: Piece[] = [];
  /** Writing or pausing: new output has to wait. */
  let isBusy = false;

  function next(): void {
    isBusy = waiting.length > 0;
    if (!isBusy) return;
    if (mayRest()) setTimeout(goOn, floodRestMs);
    else goOn();
  }

  function goOn(): void {
    const batch = takeSurvivors(emulator, waiting) ?? takeBatch(waiting, mayRest() ? Infinity : batchBytes);
    const last = batch.at(-1);
    // The queue was cleared meanwhile.
    if (last === undefined) next();
    for (const piece of batch)
      emulator.write(piece.bytes, () => {
        release(piece);
        if (piece === last) next();
      });
  }

  /** Whether this is a flood, of which more and more can be skipped. */
  function mayRest(): boolean {
    return flood.isFlooded() && waiting[0]?.isPlain === true && emulator.scrollsPlainly();
  }

  function add(piece: Piece): void {
    waiting.push(piece);
    if (!isBusy) next();
  }

  return {
    write(bytes, onWritten) {
      const piece = { bytes, onWritten, ...scanner.scan(bytes) };
      flood.arrived(bytes.length);
      add(piece);
      if (waiting.at(-1) === piece && mayRunAhead(emulator, waiting)) release(piece);
    },
    writeWhole(bytes, onWritten) {
      const { lines } = scanner.scan(bytes);
      add({ bytes, onWritten, lines, isPlain: false });
    },
    clear() {
      for (const piece of waiting) release(piece);
      waiting = [];
      scanner = new OutputScanner();
    },
  };
}

/** Takes the plain output at the front, without the lines that would scroll away unseen; undefined if skipping is not worth it. */
function takeSurvivors(emulator: Emulator, waiting: Piece[]): Piece[] | undefined {
  const run = plainRun(waiting);
  const kept = emulator.linesKept();
  if (linesOf(run) < kept * (1 + leastSkippedPart) || !emulator.scrollsPlainly()) return undefined;
  const survivors = withoutUnseen(run, kept);
  if (survivors !== undefined) waiting.splice(0, run.length);
  return survivors;
}

/** Whether the server may continue while this waits: it would be skipped if much more arrived. */
function mayRunAhead(emulator: Emulator, waiting: readonly Piece[]): boolean {
  const run = plainRun(waiting);
  const bytes = bytesOf(run);
  const bytesKept = (emulator.linesKept() * bytes) / Math.max(1, linesOf(run));
  const fits = bytes < maxAheadBytes && bytesKept < maxAheadBytes / 2;
  return fits && run.length === waiting.length && emulator.scrollsPlainly();
}

/** Calls `onWritten`: the server may send more. */
function release(piece: Piece): void {
  const { onWritten } = piece;
  piece.onWritten = undefined;
  onWritten?.();
}

function plainRun(waiting: readonly Piece[]): readonly Piece[] {
  const end = waiting.findIndex(({ isPlain }) => !isPlain);
  return end < 0 ? waiting : waiting.slice(0, end);
}

const linesOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { lines }) => sum + lines, 0);
const bytesOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);

function takeBatch(waiting: Piece[], maxBytes: number): Piece[] {
  let size = 0;
  const end = waiting.findIndex(({ bytes }) => (size += bytes.length) > maxBytes);
  return waiting.splice(0, end < 0 ? waiting.length : Math.max(1, end));
}

/** Skips lines between the first line start and the last `kept` lines, except for the styles that they set. */
function withoutUnseen(run: readonly Piece[], kept: number): Piece[] | undefined {
  const [first] = run;
  let tail = run.length;
  for (let lines = 0; tail > 1 && lines < kept; lines += run[tail]?.lines ?? 0) tail -= 1;
  const edge = run[tail - 1];
  if (first === undefined || edge === undefined || tail < 2) return undefined;
  const start = firstLineStart(first.bytes);
  const end = firstLineStart(edge.bytes);
  if (start < 0 || end < 0) return undefined;
  const unseen = new OutputScanner();
  unseen.scan(first.bytes.subarray(start));
  for (const { bytes } of run.slice(1, tail - 1)) unseen.scan(bytes);
  unseen.scan(edge.bytes.subarray(0, end));
  const styles = unseen.styles();
  if (styles === undefined) return undefined;
  for (const piece of run.slice(1, tail - 1)) release(piece);
  return [
    { ...first, bytes: first.bytes.subarray(0, start) },
    { ...edge, bytes: new TextEncoder().encode(styles), onWritten: undefined },
    { ...edge, bytes: edge.bytes.subarray(end) },
    ...run.slice(tail),
  ];
}
