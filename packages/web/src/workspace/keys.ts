/** The action of a key on the tabs. */
export type TabShortcut =
  { readonly kind: 'tab'; readonly index: number } | { readonly kind: 'tabBeside'; readonly step: -1 | 1 };

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** Alt with arrows and digits: another tab; undefined for every other key. */
export function tabShortcutOf({ key, code, ctrlKey, shiftKey, altKey, metaKey }: Key): TabShortcut | undefined {
  if (!altKey || ctrlKey || metaKey || shiftKey) return undefined;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return { kind: 'tabBeside', step: key === 'ArrowLeft' ? -1 : 1 };
  // By the position of the key (`code`): with Alt, many layouts type other characters.
  const [, digit] = /^Digit([1-9])$/.exec(code) ?? [];
  return digit === undefined ? undefined : { kind: 'tab', index: Number(digit) - 1 };
}
