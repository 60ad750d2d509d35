import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePreferences, usePreferences } from '../../features/accounts/queries.ts';
import { notify, notifyProblem, offerUndo } from '../../ui/notice.tsx';
import { openTabs, useWorkspaceTabs } from '../../workspace/commands.ts';
import { maxSets, setOf, tabsOf, withSet, type TabSet } from '../../workspace/sets.ts';

interface Sets {
  readonly sets: readonly TabSet[];
  /** Opens all tabs of a set and connects them. */
  readonly open: (set: TabSet) => void;
  /** Saves the open tabs; a set with the same name is replaced. */
  readonly save: (name: string) => void;
  readonly remove: (set: TabSet) => void;
}

/** The saved sets of tabs of the person. */
export function useSets(): Sets {
  const { t } = useTranslation();
  const { sets } = usePreferences();
  const { mutateAsync } = useChangePreferences();
  const navigate = useNavigate();
  const tabs = useWorkspaceTabs();
  const keep = useCallback(
    (next: readonly TabSet[]) => mutateAsync({ sets: next.map(({ name, tabs: saved }) => ({ name, tabs: saved })) }),
    [mutateAsync],
  );
  const open = useCallback(
    (set: TabSet) => {
      const tabId = openTabs(tabsOf(set));
      if (tabId !== undefined) void navigate({ to: '/terminals/$tabId', params: { tabId } });
    },
    [navigate],
  );
  return {
    sets,
    open,
    save(name) {
      keep(withSet(sets, setOf(name, tabs)).slice(0, maxSets)).then(
        () => notify(t('sets.saved', { name })),
        notifyProblem,
      );
    },
    remove(set) {
      keep(sets.filter(({ name }) => name !== set.name)).then(
        () => offerUndo('sets', t('sets.removed', { name: set.name }), () => void keep(sets).catch(notifyProblem)),
        notifyProblem,
      );
    },
  };
}
