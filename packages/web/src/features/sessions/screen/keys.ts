/** The action of a key that the terminal itself handles. */
export type Shortcut =
  | { readonly kind: 'copy' }
  /** The browser pastes; the key itself must not reach the server. */
  | { readonly kind: 'paste' }
  | { readonly kind: 'search' }
  | { readonly kind: 'zoom'; readonly step: -1 | 0 | 1 };

/** The used part of a keyboard event. */
export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

const zooms: Readonly<Record<string, -1 | 0 | 1>> = { '+': 1, '=': 1, '-': -1, '0': 0 };

/** The shortcut of a key in a terminal; undefined for keys that are sent to the server. */
export function shortcutOf(key: Key, hasSelection: boolean): Shortcut | undefined {
  const { ctrlKey, shiftKey, altKey, metaKey } = key;
  const letter = key.key.toLowerCase();
  if (shiftKey && key.key === 'Insert' && !ctrlKey && !altKey) return { kind: 'paste' };
  if (metaKey && !ctrlKey && !altKey) return ofCommandKey(letter, hasSelection);
  if (ctrlKey && !altKey && !metaKey) return ofControlKey(letter, shiftKey, hasSelection);
  return undefined;
}

/** The shortcuts of a Mac. */
function ofCommandKey(letter: string, hasSelection: boolean): Shortcut | undefined {
  if (letter === 'c' && hasSelection) return { kind: 'copy' };
  if (letter === 'v') return { kind: 'paste' };
  return letter === 'f' ? { kind: 'search' } : zoom(letter);
}

function ofControlKey(letter: string, shiftKey: boolean, hasSelection: boolean): Shortcut | undefined {
  if (letter === 'c' && (shiftKey || hasSelection)) return { kind: 'copy' };
  if (shiftKey && letter === 'v') return { kind: 'paste' };
  if (shiftKey && letter === 'f') return { kind: 'search' };
  return zoom(letter);
}

function zoom(letter: string): Shortcut | undefined {
  const step = zooms[letter];
  return step === undefined ? undefined : { kind: 'zoom', step };
}
