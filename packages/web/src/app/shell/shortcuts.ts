type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** Where a key is pressed. */
export interface Situation {
  /** Macs have a key of their own for commands, and leave Ctrl to the text. */
  readonly isMac: boolean;
  readonly inTerminal: boolean;
  /** Where letters are typed, a terminal included. */
  readonly inField: boolean;
}

/** What a combination is made of: `Mod` is Ctrl, on a Mac the command key. */
export type Combination = readonly string[];

interface ShellShortcut {
  readonly name: 'palette' | 'help';
  readonly combinations: readonly Combination[];
  /** Where the combination differs while a terminal has the keyboard. */
  readonly inTerminal?: readonly Combination[];
  readonly isPressed: (key: Key, situation: Situation) => boolean;
}

/** What the shell itself listens for, wherever one is. */
export const shellShortcuts: readonly ShellShortcut[] = [
  {
    name: 'palette',
    combinations: [
      ['Mod', 'K'],
      ['Mod', 'P'],
    ],
    // Ctrl+K and Ctrl+P belong to the shell there: they cut to the end of the line and go back in the history.
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

/** What screens listen for by themselves; a test holds them against the terminal's own table. */
export const terminalShortcuts = [
  ['copy', ['Mod', 'Shift', 'C']],
  ['paste', ['Mod', 'Shift', 'V']],
  ['search', ['Mod', 'Shift', 'F']],
  ['larger', ['Mod', '+']],
  ['smaller', ['Mod', '-']],
  ['usual', ['Mod', '0']],
  ['tabBeside', ['Alt', 'ArrowLeft'], ['Alt', 'ArrowRight']],
  ['tab', ['Alt', '1']],
] as const satisfies readonly ScreenShortcut[];

/** What every list does with the keyboard. */
export const listShortcuts = [
  ['find', ['/']],
  ['move', ['ArrowUp'], ['ArrowDown']],
  ['open', ['Enter']],
  ['choose', ['Space']],
  ['close', ['Escape']],
] as const satisfies readonly ScreenShortcut[];

/** The shortcut of the shell that a key means, if any. */
export function shellShortcutOf(key: Key, situation: Situation): ShellShortcut['name'] | undefined {
  return shellShortcuts.find(({ isPressed }) => isPressed(key, situation))?.name;
}

/** Where the keyboard is when an event arrives. */
export function situationOf(target: EventTarget | null): Situation {
  const isWithin = (selector: string) => target instanceof Element && target.closest(selector) !== null;
  const inTerminal = isWithin('.xterm');
  const inField = inTerminal || isWithin('input, textarea, select, [contenteditable="true"]');
  return { isMac: isMac(), inTerminal, inField };
}

/** Whether this is a Mac, by what the browser says. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
