type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** Where a key is pressed. */
export interface Situation {
  /** Macs use the command key for shortcuts, and Ctrl for text editing. */
  readonly isMac: boolean;
  readonly inTerminal: boolean;
  /** Whether a text field or a terminal has the focus. */
  readonly inField: boolean;
}

/** The keys of a combination: `Mod` is Ctrl, on a Mac the command key. */
export type Combination = readonly string[];

interface ShellShortcut {
  readonly name: 'palette' | 'help';
  readonly combinations: readonly Combination[];
  /** The combination while a terminal has the focus, if it differs. */
  readonly inTerminal?: readonly Combination[];
  readonly isPressed: (key: Key, situation: Situation) => boolean;
}

/** The shortcuts that work on every screen. */
export const shellShortcuts: readonly ShellShortcut[] = [
  {
    name: 'palette',
    combinations: [
      ['Mod', 'K'],
      ['Mod', 'P'],
    ],
    // In a terminal, the remote shell needs Ctrl+K and Ctrl+P: they delete to the end of the line and go back in the history.
    inTerminal: [
      ['Mod', 'Shift', 'K'],
      ['Mod', 'Shift', 'P'],
    ],
    isPressed: ({ key, ctrlKey, metaKey, shiftKey, altKey }, { isMac, inTerminal }) => {
      if (!['k', 'p'].includes(key.toLowerCase()) || altKey) return false;
      if (isMac) return metaKey && !ctrlKey;
      return ctrlKey && !metaKey && (shiftKey || !inTerminal);
    },
  },
  {
    name: 'help',
    combinations: [['?']],
    isPressed: ({ key, ctrlKey, metaKey, altKey }, { inField }) =>
      key === '?' && !inField && !ctrlKey && !metaKey && !altKey,
  },
];

type ScreenShortcut = readonly [name: string, ...combinations: Combination[]];

/** Shortcuts that screens handle themselves; a test compares them with the terminal's own table. */
export const terminalShortcuts = [
  ['copy', ['Mod', 'Shift', 'C']],
  ['paste', ['Mod', 'Shift', 'V']],
  ['search', ['Mod', 'Shift', 'F']],
  ['larger', ['Mod', '+']],
  ['smaller', ['Mod', '-']],
  ['usual', ['Mod', '0']],
] as const satisfies readonly ScreenShortcut[];

/** The keys of every list. */
export const listShortcuts = [
  ['find', ['/']],
  ['move', ['ArrowUp'], ['ArrowDown']],
  ['open', ['Enter']],
  ['choose', ['Space']],
  ['close', ['Escape']],
] as const satisfies readonly ScreenShortcut[];

/** The global shortcut of a key, if it is one. */
export function shellShortcutOf(key: Key, situation: Situation): ShellShortcut['name'] | undefined {
  return shellShortcuts.find(({ isPressed }) => isPressed(key, situation))?.name;
}

/** What has the focus when an event arrives. */
export function situationOf(target: EventTarget | null): Situation {
  const isWithin = (selector: string) => target instanceof Element && target.closest(selector) !== null;
  const inTerminal = isWithin('.xterm');
  const inField = inTerminal || isWithin('input, textarea, select, [contenteditable="true"]');
  return { isMac: isMac(), inTerminal, inField };
}

/** Whether the browser reports a Mac. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
