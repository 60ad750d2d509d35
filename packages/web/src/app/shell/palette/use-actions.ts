import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toggleFullScreen } from '../../../lib/full-screen.ts';
import { useObservable } from '../../../lib/observable.ts';
import { useHasClosed, useHasTabs, useReopen } from '../../../workspace/commands.ts';
import { keyHints, offersTabAction, runTabAction } from '../../../workspace/tab-actions.ts';
import { useSets } from '../../sets/use-sets.ts';
import { useSignOut } from '../../sign-out.ts';
import { showOverlay } from '../overlay.ts';
import type { Item } from './find.ts';

const screens = [
  ['newServer', '/servers/new'],
  ['newIdentity', '/identities/new'],
  ['import', '/servers/import'],
  ['servers', '/servers'],
  ['identities', '/identities'],
  ['sessions', '/sessions'],
  ['audit', '/audit'],
  ['organizations', '/organizations'],
  ['settings', '/settings'],
] as const;

const sections = ['security', 'api-keys', 'appearance', 'terminal', 'keyboard'] as const;

/** The actions that are available on every screen. */
export function useActions(): readonly Item[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const scheme = useComputedColorScheme('dark');
  const hasClosed = useHasClosed();
  const reopen = useReopen();
  const hasTabs = useHasTabs();
  const { sets, open } = useSets();
  const hints = useObservable(keyHints);
  return useMemo(() => {
    const action = (name: string, words: string, run: () => void): Item => ({
      key: `action-${name}`,
      kind: 'action',
      name: words,
      run,
    });
    const ofTabs = [
      hasTabs && { ...action('allTabs', t('palette.actions.allTabs'), () => showOverlay('tabs')), keys: hints.allTabs },
      offersTabAction('closeTab') && {
        ...action('closeTab', t('palette.actions.closeTab'), () => runTabAction('closeTab')),
        keys: hints.closeTab,
      },
      hasTabs && action('saveSet', t('palette.actions.saveSet'), () => showOverlay('save-set')),
      hasClosed && { ...action('reopen', t('palette.actions.reopen'), reopen), keys: hints.reopenTab },
    ];
    return [
      ...ofTabs.filter((item) => item !== false),
      ...sets.map((set) =>
        action(`set-${set.name}`, t('palette.actions.openSet', { name: set.name }), () => open(set)),
      ),
      ...screens.map(([name, to]) => action(name, t(`palette.actions.${name}`), () => void navigate({ to }))),
      ...sections.map((section) =>
        action(
          `settings-${section}`,
          t('palette.actions.section', { section: t(`settings.sections.${section}`) }),
          () => void navigate({ to: '/settings/$section', params: { section } }),
        ),
      ),
      action('theme', t('palette.actions.theme'), () => setColorScheme(scheme === 'dark' ? 'light' : 'dark')),
      { ...action('fullScreen', t('palette.actions.fullScreen'), toggleFullScreen), keys: hints.fullScreen },
      action('shortcuts', t('palette.actions.shortcuts'), () => showOverlay('help')),
      { ...action('signOut', t('palette.actions.signOut'), signOut), isLast: true },
    ];
  }, [t, navigate, setColorScheme, scheme, hasClosed, reopen, hasTabs, hints, sets, open, signOut]);
}
