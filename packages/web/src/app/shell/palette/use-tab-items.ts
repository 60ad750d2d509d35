import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { activeOpenPaneOf } from '../../../workspace/actions.ts';
import { shownNameOf } from '../../../workspace/names.ts';
import { useWorkspace } from '../../../workspace/store.ts';
import type { Item } from './find.ts';

/** The open tabs with their numbers and what they show. */
export function useTabItems(): readonly Item[] {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const { tabs } = useWorkspace();
  return useMemo(
    () =>
      tabs.map((tab, index): Item => {
        const runtime = activeOpenPaneOf(tab)?.runtime;
        const state = t(`tabs.state.${runtime?.state.get() ?? 'new'}`);
        const title = runtime?.title.get() ?? '';
        return {
          key: `tab-${tab.id}`,
          kind: 'terminal',
          name: shownNameOf(tab, tabs),
          detail: [`${index + 1}`, state, title].filter((part) => part !== '').join(' · '),
          run: () => void navigate({ to: '/terminals/$tabId', params: { tabId: tab.id } }),
        };
      }),
    [t, tabs, navigate],
  );
}
