import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { activeOpenPaneOf, closeTab } from '../actions.ts';
import { tabShortcutOf } from '../keys.ts';
import { useWorkspace, workspace } from '../store.ts';
import { tabBeside, type Tab } from '../workspace.ts';
import { TabItem } from './tab.tsx';
import { SplitMenu, TabMenu } from './tab-menu.tsx';
import classes from './tab-strip.module.css';

interface TabStripProps {
  /** The tab that is shown, if one is. */
  readonly tabId: string | undefined;
  /** Shown before the tabs. */
  readonly children?: ReactNode;
}

/** The open tabs, and the menus of the one that is shown. */
export function TabStrip({ tabId, children }: TabStripProps) {
  const { t } = useTranslation('workspace');
  const { tabs } = useWorkspace();
  const [renamedId, setRenamedId] = useState<string>();
  const close = useClose(tabId);
  useTabKeys(tabId);
  const active = tabs.find(({ id }) => id === tabId);
  return (
    <nav className={classes['strip']} aria-label={t('tabs.label')}>
      {children}
      <ul className={classes['list']}>
        {tabs.map((tab) => (
          <TabItem
            key={tab.id}
            tab={tab}
            isActive={tab === active}
            isRenamed={tab.id === renamedId}
            onRename={(renames) => {
              setRenamedId(renames ? tab.id : undefined);
              if (!renames && tab === active) focusPane(tab);
            }}
            onClose={() => {
              close(tab.id);
            }}
          />
        ))}
      </ul>
      <ActionIcon component={Link} to="/servers" size={28} aria-label={t('tabs.add')} title={t('tabs.add')}>
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
      <span className={classes['space']} />
      {active !== undefined && (
        <>
          <SplitMenu tab={active} />
          <TabMenu
            tab={active}
            onRename={() => {
              setRenamedId(active.id);
            }}
          />
        </>
      )}
    </nav>
  );
}

/** After a key ended the renaming, the pane gets the focus back; after a click, the clicked element has it. */
function focusPane(tab: Tab): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) activeOpenPaneOf(tab)?.runtime.focus();
  });
}

/** Closes a tab, and shows another one if it was the current one. */
function useClose(shownId: string | undefined): (tabId: string) => void {
  const navigate = useNavigate();
  return (tabId) => {
    const next = closeTab(tabId);
    if (tabId !== shownId) return;
    void (next === undefined
      ? navigate({ to: '/servers' })
      : navigate({ to: '/terminals/$tabId', params: { tabId: next } }));
  };
}

const isMac = navigator.platform.startsWith('Mac');

/** Handles Alt with digits and arrows before a pane does, unless there is only one tab. On a Mac, Option types characters. */
function useTabKeys(shownId: string | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { tabs } = workspace.get();
      const shortcut = tabs.length > 1 && !isMac ? tabShortcutOf(event) : undefined;
      const wanted =
        shortcut?.kind === 'tab'
          ? tabs[shortcut.index]?.id
          : shortcut?.kind === 'tabBeside'
            ? tabBeside(workspace.get(), shownId, shortcut.step)
            : undefined;
      if (wanted === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      void navigate({ to: '/terminals/$tabId', params: { tabId: wanted } });
    }
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      document.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [navigate, shownId]);
}
