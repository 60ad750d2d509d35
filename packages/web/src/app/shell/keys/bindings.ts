import { tabActions, type TabAction } from '../../../workspace/tab-actions.ts';
import { combinationOf, keysOf, modifiersOf, type KeyCombination, type KeyPress } from './combination.ts';

/** The keys of every action; null for none. */
export type Bindings = Readonly<Record<TabAction, KeyCombination | null>>;

/**
 * Ctrl with Shift, as in other terminals: neither shells nor browsers use these. Digits have no default: Ctrl+Shift+6 is the escape key of network
 * equipment, and Ctrl+Shift+2 sets the mark in Emacs.
 */
export const defaultBindings: Bindings = {
  previousTab: 'Ctrl+Shift+ArrowLeft',
  nextTab: 'Ctrl+Shift+ArrowRight',
  tabByNumber: null,
  allTabs: 'Ctrl+Shift+L',
  closeTab: 'Ctrl+Shift+X',
  reopenTab: 'Ctrl+Shift+Z',
  nextPane: 'Ctrl+Shift+ArrowDown',
  fullScreen: 'Ctrl+Shift+Enter',
};

/** The keys that a person uses: the defaults, with what they have changed. */
export function bindingsOf(changed: Readonly<Record<string, KeyCombination>>): Bindings {
  const bindings: Record<TabAction, KeyCombination | null> = { ...defaultBindings };
  for (const action of tabActions) {
    const own = changed[action];
    if (own !== undefined) bindings[action] = own === '' ? null : own;
  }
  return bindings;
}

/** The action of a key press; `index` is that of the tab for a digit. */
export function actionOf(
  press: KeyPress,
  bindings: Bindings,
): { readonly action: TabAction; readonly index: number } | undefined {
  const combination = combinationOf(press);
  if (combination === undefined) return undefined;
  const action = tabActions.find((one) => isMatch(combination, bindings[one], one));
  return action && { action, index: Number(keysOf(combination).at(-1)) - 1 };
}

function isMatch(pressed: KeyCombination, bound: KeyCombination | null, action: TabAction): boolean {
  if (bound === null) return false;
  if (action !== 'tabByNumber') return pressed === bound;
  const digit = keysOf(pressed).at(-1) ?? '';
  return /^[1-9]$/.test(digit) && modifiersOf(pressed).join() === modifiersOf(bound).join();
}

/** Why keys cannot be used for an action, or what a person gives up with them. */
export type BindingProblem =
  /** Text could not be typed any more. */
  | { readonly kind: 'modifier' }
  /** For a number, the key has to be a digit. */
  | { readonly kind: 'digit' }
  /** The app has another use for them. */
  | { readonly kind: 'app' }
  | { readonly kind: 'action'; readonly action: TabAction }
  /** Only an installed app, or a full screen, gets them. */
  | { readonly kind: 'browser' }
  /** Programs in a terminal do not get them any more. */
  | { readonly kind: 'shell' };

/** Whether the keys can be used in spite of the problem. */
export function isWarning({ kind }: BindingProblem): boolean {
  return kind === 'browser' || kind === 'shell';
}

/** The palette, and the keys of terminals: shell/shortcuts.ts and screen/keys.ts. */
const ofApp = /^(Ctrl\+Shift\+[KPCVF]|Ctrl\+[KPCV]|Ctrl\+(Shift\+)?(Plus|=|-|0)|Shift\+Insert|Meta\+(K|P|C|V|F))$/;
const ofBrowser =
  /^(Ctrl\+(Shift\+)?(N|T|W|Tab)|Ctrl\+(PageUp|PageDown)|Meta\+(Shift\+)?(N|T|W|Q)|Alt\+F4|F11|F12|Ctrl\+Shift\+(I|J))$/;
const functionKey = /^F\d{1,2}$/;

/** The first problem of keys for an action; undefined if there is none. */
export function problemOf(
  combination: KeyCombination,
  action: TabAction,
  bindings: Bindings,
): BindingProblem | undefined {
  const key = keysOf(combination).at(-1) ?? '';
  const held = modifiersOf(combination);
  const isTyped = !held.some((name) => name !== 'Shift') && !functionKey.test(key);
  if (isTyped) return { kind: 'modifier' };
  if (action === 'tabByNumber' && !/^[1-9]$/.test(key)) return { kind: 'digit' };
  if (ofApp.test(combination)) return { kind: 'app' };
  const other = tabActions.find((one) => one !== action && overlaps(combination, action, bindings[one], one));
  if (other !== undefined) return { kind: 'action', action: other };
  if (ofBrowser.test(combination)) return { kind: 'browser' };
  return isOfShell(held, key) ? { kind: 'shell' } : undefined;
}

function overlaps(wanted: KeyCombination, action: TabAction, bound: KeyCombination | null, other: TabAction): boolean {
  if (bound === null) return false;
  return isMatch(bound, wanted, action) || isMatch(wanted, bound, other);
}

/** Shells and programs use Alt, Ctrl with a letter, function keys, and Ctrl with Shift and a digit that types `@`, `^` or `_`. */
function isOfShell(held: readonly string[], key: string): boolean {
  const has = (name: string) => held.includes(name);
  if (has('Meta')) return false;
  if (has('Alt')) return !(has('Ctrl') && has('Shift'));
  if (!has('Ctrl')) return true;
  return !has('Shift') || /^\d$/.test(key);
}
