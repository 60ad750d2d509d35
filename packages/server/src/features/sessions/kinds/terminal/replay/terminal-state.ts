import type { Sequence } from './sequence-scanner.ts';
import { Styles } from './styles.ts';

/** The most different modes that are kept; a terminal knows about forty. */
const maxModes = 64;

/** Private modes that are not simply on or off: the alternate screen, a saved cursor, and 132 columns, which clears the screen. */
const otherModes = new Set(['3', '47', '1047', '1048', '1049']);
const alternateScreen = new Set(['47', '1047', '1049']);
/** Moving the cursor within the scrolling region (DECOM); a change moves the cursor. */
const originMode = '6';
/** On after a reset: wrapping of lines, and the cursor is visible. */
const onByDefault = new Set(['?7', '?25']);

/** A soft reset leaves the mouse alone. */
const mouseMode = /^\?(9|10\d\d)$/;

const controlSequence = /^\[([<=>?]?)([\d;:]*)([ -/]*)([@-~])$/;
const charsetSequence = /^[()*+\-./]["%&]?[0-~]$/;
const titleSequence = /^\][02];/;

interface Charsets {
  /** The sequences that designate the character sets, by the set. */
  readonly designated: ReadonlyMap<string, string>;
  /** The character or sequence that selects one. */
  readonly shift: string;
}

const initialCharsets: Charsets = { designated: new Map(), shift: '\u000F' };

/** What saving the cursor saves besides its position. */
interface Saved {
  readonly style: string;
  readonly charsets: Charsets;
}

/** A moment of a state. */
export interface StateMark extends Saved {
  readonly changes: number;
}

type Screen = 'primary' | 'alternate';

/** The modes of a terminal, as far as output has set them. It does not know what is on the screen. */
export class TerminalState {
  #screen: Screen = 'primary';
  /** By `?` and number, or number. The order is that of the last change: of several mouse modes, the last one counts. */
  #modes = new Map<string, boolean>();
  #keypad = '';
  #cursorStyle = '';
  #title = '';
  #styles = new Styles();
  #charsets = initialCharsets;
  /** How often a mode was set. */
  #changes = 0;
  #saved: Partial<Record<Screen, Saved>> = {};
  #regions: Partial<Record<Screen, string>> = {};

  get isAlternate(): boolean {
    return this.#screen === 'alternate';
  }

  /** To be compared with a later one. */
  mark(): StateMark {
    return { changes: this.#changes, style: this.#styles.parameters(), charsets: this.#charsets };
  }

  /** Whether the state is the same as at the mark, apart from the screen; it may be, even if this says that it is not. */
  isAt({ changes, style, charsets }: StateMark): boolean {
    return changes === this.#changes && charsets === this.#charsets && style === this.#styles.parameters();
  }

  apply(sequence: Sequence): void {
    if (isStyle(sequence)) {
      this.#styles.apply(sequence.slice(1, -1));
      return;
    }
    const control = controlSequence.exec(sequence);
    if (control !== null) {
      const [, prefix = '', parameters = '', intermediate = '', final = ''] = control;
      this.#control(`${prefix}${intermediate}${final}`, parameters);
    } else this.#escape(sequence);
  }

  /** The output that sets a terminal to this state. Only the style of its text, and its modes, are set; its cursor may move to the upper left corner. */
  toOutput(): string {
    const region = this.#regions[this.#screen];
    return [region === undefined ? '' : `\u001B[${region}r`, this.originToOutput(), this.toOutputInPlace()].join('');
  }

  /** The part of it that sets origin mode, which moves the cursor to the upper left corner. */
  originToOutput(): string {
    const origin = this.#modes.get(`?${originMode}`);
    return origin === undefined ? '' : mode(`?${originMode}`, origin);
  }

  /** The part of it that does not move the cursor. */
  toOutputInPlace(): string {
    const { designated, shift } = this.#charsets;
    const modes = [...this.#modes].filter(([name]) => name !== `?${originMode}`);
    // Switching one mouse mode off switches all of them off.
    return [
      ...modes.filter(([, isOn]) => !isOn).map(([name]) => mode(name, false)),
      ...modes.filter(([, isOn]) => isOn).map(([name]) => mode(name, true)),
      this.#keypad,
      ...designated.values(),
      shift,
      this.#cursorStyle,
      this.#title,
      `\u001B[${this.#styles.parameters()}m`,
    ].join('');
  }

  #control(kind: string, parameters: string): void {
    switch (kind) {
      case '?h':
      case '?l':
        for (const name of parameters.split(';')) this.#privateMode(name, kind === '?h');
        return;
      case 'h':
      case 'l':
        for (const name of parameters.split(';')) this.#setMode(name, kind === 'h');
        return;
      case 'r':
        this.#regions[this.#screen] = parameters;
        return;
      case 's':
        if (parameters === '') this.#save();
        return;
      case 'u':
        this.#restore();
        return;
      case ' q':
        this.#changes += 1;
        this.#cursorStyle = `\u001B[${parameters} q`;
        return;
      case '!p':
        this.#softReset();
        return;
    }
  }

  #escape(sequence: Sequence): void {
    if (charsetSequence.test(sequence)) this.#designate(sequence);
    else if (['n', 'o', '\u000E', '\u000F'].includes(sequence)) this.#shift(sequence);
    else if (sequence === '7') this.#save();
    else if (sequence === '8') this.#restore();
    else if (sequence === 'c') this.#reset();
    else this.#keypadOrTitle(sequence);
  }

  #keypadOrTitle(sequence: Sequence): void {
    if (sequence === '=' || sequence === '>') this.#keypad = `\u001B${sequence}`;
    else if (titleSequence.test(sequence)) this.#title = `\u001B${sequence}`;
    else return;
    this.#changes += 1;
  }

  #privateMode(name: string, isOn: boolean): void {
    const savesCursor = name === '1048' || name === '1049';
    if (savesCursor && isOn) this.#save();
    if (alternateScreen.has(name)) this.#screen = isOn ? 'alternate' : 'primary';
    // After the switch: the cursor of the primary screen is restored.
    if (savesCursor && !isOn) this.#restore();
    if (!otherModes.has(name)) this.#setMode(`?${name}`, isOn);
  }

  #setMode(name: string, isOn: boolean): void {
    if (!/^\??\d{1,5}$/.test(name)) return;
    this.#changes += 1;
    this.#modes.delete(name);
    if (this.#modes.size < maxModes) this.#modes.set(name, isOn);
  }

  #designate(sequence: Sequence): void {
    const designated = new Map(this.#charsets.designated).set(sequence.slice(0, 1), `\u001B${sequence}`);
    this.#charsets = { ...this.#charsets, designated };
  }

  #shift(sequence: Sequence): void {
    const shift = sequence < ' ' ? sequence : `\u001B${sequence}`;
    if (shift !== this.#charsets.shift) this.#charsets = { ...this.#charsets, shift };
  }

  #save(): void {
    this.#saved[this.#screen] = { style: this.#styles.parameters(), charsets: this.#charsets };
  }

  #restore(): void {
    const saved = this.#saved[this.#screen];
    this.#styles = new Styles(saved && [saved.style]);
    if (saved !== undefined) this.#charsets = saved.charsets;
  }

  #resetText(): void {
    this.#styles = new Styles();
    this.#charsets = initialCharsets;
  }

  #softReset(): void {
    this.#changes += 1;
    for (const name of this.#modes.keys()) if (!mouseMode.test(name)) this.#modes.set(name, onByDefault.has(name));
    this.#keypad = '\u001B>';
    this.#resetText();
    this.#save();
    this.#regions[this.#screen] = '';
  }

  #reset(): void {
    this.#changes += 1;
    this.#screen = 'primary';
    this.#modes = new Map();
    this.#keypad = '';
    this.#cursorStyle = '';
    this.#resetText();
    this.#saved = {};
    this.#regions = {};
  }
}

/** SGR, the most frequent sequence: no prefix, and no intermediate character. */
function isStyle(sequence: Sequence): boolean {
  const first = sequence[1] ?? '';
  return (
    sequence.endsWith('m') &&
    sequence.startsWith('[') &&
    !(first >= '<' && first <= '?') &&
    (sequence.at(-2) ?? '') >= '0'
  );
}

function mode(name: string, isOn: boolean): string {
  return `\u001B[${name}${isOn ? 'h' : 'l'}`;
}
