import type { TFunction } from 'i18next';
import type { TabAction } from '../../../workspace/tab-actions.ts';
import { keysOf, type KeyCombination } from './combination.ts';

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Meta: '⌘',
  Plus: '+',
};

/** The names of the keys of a combination, in the language of the person. */
export function keyNamesOf(
  combination: KeyCombination,
  action: TabAction | undefined,
  t: TFunction,
): readonly string[] {
  const named: Readonly<Record<string, string>> = {
    Ctrl: t('shortcuts.keys.control'),
    Shift: t('shortcuts.keys.shift'),
    Space: t('shortcuts.keys.space'),
    Enter: t('shortcuts.keys.enter'),
    Escape: t('shortcuts.keys.escape'),
    PageUp: t('shortcuts.keys.pageUp'),
    PageDown: t('shortcuts.keys.pageDown'),
  };
  return keysOf(combination).map((key) =>
    action === 'tabByNumber' && /^[1-9]$/.test(key) ? '1…9' : (signs[key] ?? named[key] ?? key),
  );
}
