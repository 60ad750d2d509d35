import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseDialog } from '../closing/close-dialog.tsx';
import { useClosing } from '../closing/use-closing.ts';
import { focusPanes } from '../focus-panes.ts';
import { useWorkspace } from '../store.ts';
import { runTabAction, useKeyHint, useTabAction, withHint } from '../tab-actions.ts';
import { SplitMenu } from './split-menu.tsx';
import { TabItem } from './tab.tsx';
import { TabContextMenu, TabMenu, type MenuSpot } from './tab-menu.tsx';
import classes from './tab-strip.module.css';
import { usePaneDrop } from './use-pane-drop.ts';
import { useStripScroll } from './use-strip-scroll.ts';

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
  const [spot, setSpot] = useState<MenuSpot>();
  const { request } = useClosing();
  const list = useStripScroll(tabId, tabs);
  const isDropTarget = usePaneDrop(list);
  useTabAction('closeTab', tabId === undefined ? undefined : () => request({ tabIds: [tabId] }));
  const active = tabs.find(({ id }) => id === tabId);
  const inMenu = tabs.find(({ id }) => id === spot?.tabId);
  return (
    <nav className={classes['strip']} aria-label={t('tabs.label')}>
      {children}
      <ul ref={list} className={classes['list']} data-drop={isDropTarget || undefined}>
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
            onMenu={(x, y) => {
              setSpot({ tabId: tab.id, x, y });
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
      <AllTabs count={tabs.length} />
      <CloseDialog />
      {spot !== undefined && inMenu !== undefined && (
        <TabContextMenu
          tab={inMenu}
          spot={spot}
          shownId={tabId}
          onRename={() => {
            setRenamedId(inMenu.id);
          }}
          onClose={() => {
            setSpot(undefined);
          }}
        />
      )}
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

/** Opens the list of all tabs, which can be searched; shows their number. */
function AllTabs({ count }: { readonly count: number }) {
  const { t } = useTranslation('workspace');
  const hint = useKeyHint('allTabs');
  return (
    <Button
      className={classes['all'] ?? ''}
      variant="subtle"
      color="gray"
      size="compact-sm"
      title={withHint(t('tabs.all'), hint)}
      aria-label={t('tabs.allCount', { count })}
      rightSection={<IconChevronDown size={14} aria-hidden />}
      onClick={() => {
        runTabAction('allTabs');
      }}
    >
      {count}
    </Button>
  );
}
