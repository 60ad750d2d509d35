/** The used part of a keyboard event. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** Keys that are pressed together, as they are stored: `Ctrl+Shift+ArrowLeft`. Modifiers come first, in the order of `modifiers`. */
export type KeyCombination = string;

const modifiers = [
  ['Ctrl', 'ctrlKey'],
  ['Alt', 'altKey'],
  ['Shift', 'shiftKey'],
  ['Meta', 'metaKey'],
] as const;

const notAlone: ReadonlySet<string> = new Set(['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'OS', 'Dead', 'Process']);

/** The combination of a key press; undefined while only modifiers are pressed. */
export function combinationOf(press: KeyPress): KeyCombination | undefined {
  if (notAlone.has(press.key) && !/^(Key[A-Z]|Digit\d)$/.test(press.code)) return undefined;
  const pressed = modifiers.filter(([, flag]) => press[flag]).map(([name]) => name);
  return [...pressed, keyOf(press)].join('+');
}

/** Letters as they are labelled, on keyboards without Latin letters by their position; digits by their position, because modifiers change what they type. */
function keyOf({ key, code }: KeyPress): string {
  const [, digit] = /^Digit(\d)$/.exec(code) ?? [];
  if (digit !== undefined) return digit;
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter !== undefined) return letter;
  return key === ' ' ? 'Space' : key === '+' ? 'Plus' : key;
}

/** The keys of a combination, the modifiers first. */
export function keysOf(combination: KeyCombination): readonly string[] {
  return combination.split('+');
}

/** The modifiers of a combination, without its last key. */
export function modifiersOf(combination: KeyCombination): readonly string[] {
  return keysOf(combination).slice(0, -1);
}
