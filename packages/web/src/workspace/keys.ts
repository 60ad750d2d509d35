/** What a key does to the tabs instead of going to what a pane shows. */
export type TabShortcut =
  { readonly kind: 'tab'; readonly index: number } | { readonly kind: 'tabBeside'; readonly step: -1 | 1 };

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** Alt with arrows and digits: another tab; undefined for every other key. */
export function tabShortcutOf({ key, code, ctrlKey, shiftKey, altKey, metaKey }: Key): TabShortcut | undefined {
  if (!altKey || ctrlKey || metaKey || shiftKey) return undefined;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return { kind: 'tabBeside', step: key === 'ArrowLeft' ? -1 : 1 };
  // By the place of the key: with Alt, layouts make other characters of the digits.
  const [, digit] = /^Digit([1-9])$/.exec(code) ?? [];
  return digit === undefined ? undefined : { kind: 'tab', index: Number(digit) - 1 };
}
