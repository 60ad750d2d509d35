/** The attribute that a code of SGR (ECMA-48 section 8.3.117, and ISO 8613-6) sets. */
const attributes = {
  1: 'bold',
  2: 'faint',
  3: 'italic',
  4: 'underline',
  5: 'blink',
  6: 'blink',
  7: 'inverse',
  8: 'hidden',
  9: 'struck',
  21: 'underline',
  53: 'overline',
} as const;

/** The attributes that a code ends. */
const resets: Readonly<Record<number, readonly string[]>> = {
  22: ['bold', 'faint'],
  23: ['italic'],
  24: ['underline'],
  25: ['blink'],
  27: ['inverse'],
  28: ['hidden'],
  29: ['struck'],
  39: ['foreground'],
  49: ['background'],
  55: ['overline'],
  59: ['underline colour'],
};

/** The codes of colours that have parameters. */
const colours: Readonly<Record<number, string>> = { 38: 'foreground', 48: 'background', 58: 'underline colour' };

/** Most styles are reset after a word; only longer lists are worth the work of reducing them. */
const maxListed = 16;

/** The style of text: the parameters of the control sequences that set it (SGR), in their order. */
export class Styles {
  #listed: string[];

  constructor(parameters: readonly string[] = []) {
    this.#listed = [...parameters];
  }

  apply(parameters: string): void {
    if (parameters === '' || parameters === '0') {
      if (this.#listed.length > 0) this.#listed = [];
      return;
    }
    if (this.#listed.at(-1) === parameters) return;
    this.#listed.push(parameters);
    if (this.#listed.length > maxListed) this.#listed = [this.parameters()];
  }

  /** The parameters of a control sequence that sets exactly this style. */
  parameters(): string {
    return reduce(this.#listed);
  }
}

/** Keeps the last parameter of each attribute that is set, behind a reset. */
function reduce(listed: readonly string[]): string {
  const set = new Map<string, string>();
  const codes = listed.flatMap((parameters) => parameters.split(';'));
  for (let at = 0; at < codes.length; at += 1) {
    const written = codes[at] ?? '';
    const code = Number.parseInt(written, 10) || 0;
    const colour = colours[code];
    if (colour !== undefined && !written.includes(':')) {
      const length = colourLength(codes[at + 1]);
      set.set(colour, codes.slice(at, at + length).join(';'));
      at += length - 1;
    } else apply(set, code, written);
  }
  return ['0', ...set.values()].join(';');
}

/** `38;5;n` and `38;2;r;g;b`. */
function colourLength(kind: string | undefined): number {
  return { 5: 3, 2: 5 }[kind ?? ''] ?? 1;
}

function apply(set: Map<string, string>, code: number, written: string): void {
  if (code === 0) set.clear();
  const attribute = attributeOf(code);
  if (written === '4:0') set.delete('underline');
  else if (attribute !== undefined) set.set(attribute, written);
  for (const reset of resets[code] ?? []) set.delete(reset);
}

function attributeOf(code: number): string | undefined {
  if (isIn(code, 30, 37) || isIn(code, 90, 97)) return 'foreground';
  if (isIn(code, 40, 47) || isIn(code, 100, 107)) return 'background';
  return colours[code] ?? (code in attributes ? attributes[code as keyof typeof attributes] : undefined);
}

function isIn(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}
