/** Bytes that mean something to a terminal (ECMA-48). */
const bell = 0x07;
const lineFeed = 0x0a;
const shiftOut = 0x0e;
const shiftIn = 0x0f;
const cancel = 0x18;
const substitute = 0x1a;
const escape = 0x1b;
const backslash = 0x5c;
/** Begin a string that ends with ST: DCS, SOS, OSC, PM, APC. */
const stringStarts = new Set([0x50, 0x58, 0x5d, 0x5e, 0x5f]);
const controlSequenceStart = 0x5b;

/** The most characters of a sequence that are looked at. Longer ones, such as images, change no mode. */
const maxSequenceLength = 256;

/** Up to this length, a sequence is put together faster from its characters than by a call into Node.js. */
const maxShortLength = 12;
const characters = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

/** The ends of control sequences that change a mode: `h` `l` `m` `p` `q` `r` `s` `u`. The others only draw. */
const modeFinals = new Set(Buffer.from('hlmpqrsu'));

/** A complete control sequence: `[?1049h` without the escape, or a single shift character. Bytes are Latin-1 characters. */
export type Sequence = string;

type State = 'text' | 'escape' | 'control' | 'string' | 'string-escape';

/** Finds the ends of text and of lines in a chunk. Each byte is searched once, even if there are sequences everywhere. */
export class TextSearch {
  readonly chunk: Buffer;
  #escape = -1;
  #shiftOut = -1;
  #shiftIn = -1;
  #lineFeed = -1;

  constructor(chunk: Buffer) {
    this.chunk = chunk;
  }

  /** The index of the next sequence at or behind `from`, or the length. */
  endFrom(from: number): number {
    if (this.#escape < from) this.#escape = this.#find(escape, from);
    if (this.#shiftOut < from) this.#shiftOut = this.#find(shiftOut, from);
    if (this.#shiftIn < from) this.#shiftIn = this.#find(shiftIn, from);
    return Math.min(this.#escape, this.#shiftOut, this.#shiftIn);
  }

  /** The index behind the next line feed at or behind `from`; above the length if there is none. */
  lineEndFrom(from: number): number {
    if (this.#lineFeed < from) this.#lineFeed = this.#find(lineFeed, from);
    return this.#lineFeed + 1;
  }

  #find(byte: number, from: number): number {
    const found = this.chunk.indexOf(byte, from);
    return found < 0 ? this.chunk.length : found;
  }
}

/** Finds the ends of control sequences, which may be spread over chunks. */
export class SequenceScanner {
  #state: State = 'text';
  /** The beginning of a sequence that came in earlier chunks. */
  #begun = '';
  #sequence: Sequence | undefined;

  /** Whether the next byte is text, or begins a sequence. */
  isInText(): boolean {
    return this.#state === 'text';
  }

  /**
   * A sequence that a terminal ignores up to the end of the present one, whose beginning was dropped: the parameters of a control sequence become
   * invalid, a command is unknown, another string has no effect.
   */
  restart(): string {
    if (this.#state === 'control') return '\u001B[0?';
    if (this.#state === 'string' || this.#state === 'string-escape')
      return this.#begun.startsWith(']') ? '\u001B]9999;' : '\u001B^';
    return this.#state === 'text' ? '' : '\u001B ';
  }

  /** The sequence that was completed last; undefined if it changes no mode. */
  get sequence(): Sequence | undefined {
    return this.#sequence;
  }

  /** Reads on in a sequence, or begins one at `from`. Returns the index behind it, or behind the chunk if it is not complete. */
  readSequence(chunk: Buffer, from: number): number {
    this.#sequence = undefined;
    let at = from;
    let start = from;
    if (this.#state === 'text') {
      const first = chunk[at];
      at += 1;
      if (first !== escape) {
        this.#sequence = first === shiftOut ? '\u000E' : '\u000F';
        return at;
      }
      this.#begin();
      start = at;
    }
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === escape && this.#state !== 'string') {
        this.#begin();
        start = at + 1;
      } else if (this.#ends(byte)) {
        this.#finish(chunk, start, at);
        return at + 1;
      }
    }
    this.#begun = join(this.#begun, chunk, start, at);
    return at;
  }

  #begin(): void {
    this.#state = 'escape';
    this.#begun = '';
  }

  /** Takes a byte of a sequence; whether it is the last. */
  #ends(byte: number): boolean {
    if (byte === cancel || byte === substitute) return true;
    switch (this.#state) {
      case 'escape':
        if (byte === controlSequenceStart) this.#state = 'control';
        else if (stringStarts.has(byte)) this.#state = 'string';
        else return byte >= 0x30;
        return false;
      case 'control':
        return byte >= 0x40;
      case 'string':
        if (byte === escape) this.#state = 'string-escape';
        return byte === bell;
      case 'string-escape':
        return byte === backslash;
      case 'text':
        return true;
    }
  }

  #finish(chunk: Buffer, start: number, last: number): void {
    const final = chunk[last] ?? 0;
    const changesMode =
      final !== cancel && final !== substitute && (this.#state !== 'control' || modeFinals.has(final));
    const text = changesMode ? join(this.#begun, chunk, start, last + 1) : '';
    if (changesMode && text.length <= maxSequenceLength) this.#sequence = text;
    this.#state = 'text';
    this.#begun = '';
  }
}

/** One character more than the longest sequence, so that longer ones are recognized. */
function join(begun: string, chunk: Buffer, start: number, end: number): string {
  const stop = Math.min(end, start + Math.max(0, maxSequenceLength + 1 - begun.length));
  if (stop - start > maxShortLength) return begun + chunk.toString('latin1', start, stop);
  let text = begun;
  for (let at = start; at < stop; at += 1) text += characters[chunk[at] ?? 0] ?? '';
  return text;
}
