import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../../features/accounts/queries.ts';
import { keyHints, tabActions } from '../../../workspace/tab-actions.ts';
import { bindingsOf, type Bindings } from './bindings.ts';
import { keyNamesOf } from './key-names.ts';

/** The person's keys for tabs and panes. */
export function useBindings(): Bindings {
  const { keys } = usePreferences();
  const stored = JSON.stringify(keys);
  // eslint-disable-next-line gatehouse/parsed-json -- It is what was written in the line above.
  return useMemo(() => bindingsOf(JSON.parse(stored) as typeof keys), [stored]);
}

/** Lets the tooltips and menus of the workspace show the keys. */
export function useKeyHints(bindings: Bindings): void {
  const { t } = useTranslation();
  useEffect(() => {
    keyHints.set(
      Object.fromEntries(
        tabActions.flatMap((action) => {
          const keys = bindings[action];
          return keys === null ? [] : [[action, keyNamesOf(keys, action, t).join('+')]];
        }),
      ),
    );
  }, [bindings, t]);
}
