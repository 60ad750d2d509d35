import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasClosed, useReopen } from '../../../workspace/commands.ts';
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

const sections = ['security', 'api-keys', 'appearance', 'terminal'] as const;

/** The actions that are available on every screen. */
export function useActions(): readonly Item[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const scheme = useComputedColorScheme('dark');
  const hasClosed = useHasClosed();
  const reopen = useReopen();
  return useMemo(() => {
    const action = (name: string, words: string, run: () => void): Item => ({
      key: `action-${name}`,
      kind: 'action',
      name: words,
      run,
    });
    return [
      ...(hasClosed ? [action('reopen', t('palette.actions.reopen'), reopen)] : []),
      ...screens.map(([name, to]) => action(name, t(`palette.actions.${name}`), () => void navigate({ to }))),
      ...sections.map((section) =>
        action(
          `settings-${section}`,
          t('palette.actions.section', { section: t(`settings.sections.${section}`) }),
          () => void navigate({ to: '/settings/$section', params: { section } }),
        ),
      ),
      action('theme', t('palette.actions.theme'), () => setColorScheme(scheme === 'dark' ? 'light' : 'dark')),
      action('shortcuts', t('palette.actions.shortcuts'), () => showOverlay('help')),
      { ...action('signOut', t('palette.actions.signOut'), signOut), isLast: true },
    ];
  }, [t, navigate, setColorScheme, scheme, hasClosed, reopen, signOut]);
}
