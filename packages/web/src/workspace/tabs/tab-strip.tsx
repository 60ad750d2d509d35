import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseDialog } from '../closing/close-dialog.tsx';
import { useClosing } from '../closing/use-closing.ts';
import { focusPanes } from '../focus-panes.ts';
import { useWorkspace } from '../store.ts';
import { useTabAction } from '../tab-actions.ts';
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
  const { request } = useClosing();
  useTabAction('closeTab', tabId === undefined ? undefined : () => request({ tabIds: [tabId] }));
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
              if (!renames) focusPanes(tabId);
            }}
            onClose={() => {
              request({ tabIds: [tab.id] });
            }}
          />
        ))}
      </ul>
      <ActionIcon component={Link} to="/servers" size={28} aria-label={t('tabs.add')} title={t('tabs.add')}>
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
      <CloseDialog />
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
