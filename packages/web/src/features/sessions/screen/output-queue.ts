import { createFloodGauge, type FloodGauge } from './flood.ts';
import { firstLineStart, OutputScanner, type Scanned } from './plain-output.ts';

/** What is given to the emulator at once where nothing can be passed over; it pauses by itself for the page to be drawn. */
const batchBytes = 128 * 1024;
/** Plain output that may wait here though the server was told that it is worked off. */
const maxAheadBytes = 8 * 1024 * 1024;
/** Passing over less than this part of what is kept is not worth it. */
const leastSkippedPart = 0.25;
/** How long the emulator rests while output floods: else it would work for nobody, and take the time from what brings more. */
const floodRestMs = 200;

/** What the queue needs of a terminal emulator. */
export interface Emulator {
  /** Works in order, and calls back when it has worked the bytes off. */
  write(bytes: Uint8Array, onWritten: () => void): void;
  /** After so many lines nothing is left of what was there before: neither on the screen nor in the scrollback. */
  linesKept(): number;
  /** Whether plain lines scroll away at the top of the screen now, as they do unless a program has asked for something else. */
  scrollsPlainly(): boolean;
}

/** Output on its way to an emulator. */
export interface OutputQueue {
  /** `onWritten` is called when more may come. */
  write(bytes: Uint8Array, onWritten: () => void): void;
  /** The same, but that nothing of it is passed over, and `onWritten` is called when it is worked off. */
  writeWhole(bytes: Uint8Array, onWritten: () => void): void;
  /** Forgets what waits. */
  clear(): void;
}

interface Piece extends Scanned {
  readonly bytes: Uint8Array;
  /** Undefined once it was called. */
  onWritten: (() => void) | undefined;
}

/**
 * Hands output to an emulator. Of plain output that comes faster than it can be shown, lines are passed over that would have left the scrollback
 * again before anybody could see them: screen and scrollback end up the same, byte for byte.
 * In a flood the emulator rests between what it is given, so that there is something to pass over although it could keep up.
 */
export function createOutputQueue(emulator: Emulator, flood: FloodGauge = createFloodGauge()): OutputQueue {
  let scanner = new OutputScanner();
  let waiting: Piece[] = [];
  /** Working or at rest: what comes has to wait. */
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
    // It was cleared meanwhile.
    if (last === undefined) next();
    for (const piece of batch)
      emulator.write(piece.bytes, () => {
        release(piece);
        if (piece === last) next();
      });
  }

  /** Whether it is a flood, of which more and more will be passed over. */
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

/** Takes the plain run at the front, without the lines that would scroll away unseen; undefined where skipping them is not worth it. */
function takeSurvivors(emulator: Emulator, waiting: Piece[]): Piece[] | undefined {
  const run = plainRun(waiting);
  const kept = emulator.linesKept();
  if (linesOf(run) < kept * (1 + leastSkippedPart) || !emulator.scrollsPlainly()) return undefined;
  const survivors = withoutUnseen(run, kept);
  if (survivors !== undefined) waiting.splice(0, run.length);
  return survivors;
}

/** Whether the server may go on while this waits: because it would be skipped if much more came. */
function mayRunAhead(emulator: Emulator, waiting: readonly Piece[]): boolean {
  const run = plainRun(waiting);
  const bytes = bytesOf(run);
  const bytesKept = (emulator.linesKept() * bytes) / Math.max(1, linesOf(run));
  const fits = bytes < maxAheadBytes && bytesKept < maxAheadBytes / 2;
  return fits && run.length === waiting.length && emulator.scrollsPlainly();
}

/** More may come for what this piece has taken. */
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

/** Passes over lines between the first start of a line and the last `kept` lines, except for the styles that they set. */
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
