/** Bytes that mean something to a terminal (ECMA-48). */
const nul = 0x00;
const bell = 0x07;
const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const cancel = 0x18;
const substitute = 0x1a;
const escape = 0x1b;
const space = 0x20;
/** Leads the C1 control characters in UTF-8, and some letters. */
const c1Lead = 0xc2;

/** The state of a scanner. Text comes first, because most output is text. */
const inText = 0;
const afterEscape = 1;
const inControlSequence = 2;
const inString = 3;
const afterStringEscape = 4;
const afterC1Lead = 5;
type State = 0 | 1 | 2 | 3 | 4 | 5;

/** No style needs longer parameters. */
const maxParametersLength = 64;
/** The maximum number of different styles that are kept. */
const maxStyles = 1_000;

/** The result of scanning a piece of output. */
export interface Scanned {
  /** Whether it only moves the cursor forward and down, so that a line that has scrolled away has no effect but its style. */
  readonly isPlain: boolean;
  /** The number of lines that end with CR LF. */
  readonly lines: number;
}

/** Scans output, piece by piece, for whether it is plain: only text, line ends, tabs, styles (SGR) and erasures within a line (EL). */
export class OutputScanner {
  #state: State = inText;
  #parameters = '';
  #isPlain = true;
  #styles: string[] = [];

  scan(bytes: Uint8Array): Scanned {
    let lines = 0;
    this.#isPlain = this.#state !== inString && this.#state !== afterStringEscape;
    for (let at = 0; at < bytes.length; at++) {
      if (this.#state === inText) at = endOfText(bytes, at);
      const byte = bytes[at];
      if (byte === undefined) break;
      if (this.#state !== inText) this.#step(byte);
      else {
        if (byte === lineFeed && at > 0 && bytes[at - 1] === carriageReturn) lines++;
        this.#control(byte);
      }
    }
    return { isPlain: this.#isPlain, lines };
  }

  /** The styles that are set, as control sequences, without those that a reset undid; undefined if there are too many. */
  styles(): string | undefined {
    if (this.#styles.length > maxStyles) return undefined;
    return this.#styles.map((parameters) => `\u001B[${parameters}m`).join('');
  }

  #control(byte: number): void {
    if (byte === escape) this.#state = afterEscape;
    else if (byte === c1Lead) this.#state = afterC1Lead;
    else if (byte !== lineFeed && byte !== carriageReturn && byte !== tab && byte !== nul) this.#isPlain = false;
  }

  #step(byte: number): void {
    switch (this.#state) {
      case afterEscape:
        this.#afterEscape(byte);
        return;
      case inControlSequence:
        this.#inControlSequence(byte);
        return;
      case inString:
        this.#isPlain = false;
        if (byte === escape) this.#state = afterStringEscape;
        else if (byte === bell || byte === cancel || byte === substitute) this.#state = inText;
        return;
      case afterStringEscape:
        this.#isPlain = false;
        this.#state = afterEscape;
        if (byte === 0x5c) this.#state = inText;
        else this.#afterEscape(byte);
        return;
      case afterC1Lead:
        this.#afterC1Lead(byte);
        return;
      case inText:
        this.#control(byte);
    }
  }

  #afterEscape(byte: number): void {
    if (byte === 0x5b) this.#begin();
    else {
      this.#isPlain = false;
      if (startsString(byte)) this.#state = inString;
      else if (byte >= 0x30 || byte === cancel || byte === substitute) this.#state = inText;
    }
  }

  #begin(): void {
    this.#state = inControlSequence;
    this.#parameters = '';
  }

  #inControlSequence(byte: number): void {
    if (byte >= space && byte < 0x40 && this.#parameters.length < maxParametersLength) {
      this.#parameters += String.fromCharCode(byte);
      return;
    }
    if (byte === escape) {
      this.#isPlain = false;
      this.#state = afterEscape;
    } else if (byte >= 0x40 && byte < 0x7f) {
      this.#state = inText;
      this.#final(byte);
    } else {
      this.#isPlain = false;
      if (byte === cancel || byte === substitute) this.#state = inText;
    }
  }

  #final(byte: number): void {
    const final = String.fromCharCode(byte);
    if (final === 'm' && /^[\d;:]*$/.test(this.#parameters)) this.#style(this.#parameters);
    else if (final !== 'K' || !/^\d?$/.test(this.#parameters)) this.#isPlain = false;
  }

  #style(parameters: string): void {
    if (parameters === '' || parameters === '0') this.#styles = [parameters];
    else if (this.#styles.length <= maxStyles) this.#styles.push(parameters);
  }

  /** U+0080 to U+009F are controls, what follows are letters. */
  #afterC1Lead(byte: number): void {
    this.#state = inText;
    if (byte < 0x80) {
      if (byte < space) this.#control(byte);
    } else if (byte < 0xa0) {
      this.#isPlain = false;
      if (byte === 0x9b) this.#begin();
      else if (startsString(byte - 0x40)) this.#state = inString;
    }
  }
}

/** The index of the next byte that is not plain text; most of the time is spent here. */
function endOfText(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? nul;
    if (byte < space || byte === c1Lead) break;
  }
  return at;
}

/** DCS, SOS, OSC, PM, APC: the bytes that follow ESC. */
function startsString(byte: number): boolean {
  return byte === 0x50 || byte === 0x58 || byte === 0x5d || byte === 0x5e || byte === 0x5f;
}

/** The index of the first line start, after CR LF, that does not depend on an earlier line; -1 if there is none. */
export function firstLineStart(bytes: Uint8Array, from = 0): number {
  const end = bytes.indexOf(lineFeed, from);
  if (end < 0) return -1;
  return end > 0 && bytes[end - 1] === carriageReturn ? end + 1 : firstLineStart(bytes, end + 1);
}
