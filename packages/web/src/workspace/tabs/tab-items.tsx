import { Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowRight,
  IconBookmarkPlus,
  IconBroadcast,
  IconCopyPlus,
  IconLayoutColumns,
  IconLayoutRows,
  IconPencil,
  IconWindowMaximize,
  IconX,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { activePaneOf, countBroadcastable, duplicateTab, separate, setBroadcast } from '../actions.ts';
import { useClosing } from '../closing/use-closing.ts';
import { useHasClosed, useReopen } from '../commands.ts';
import { canSplit, type SplitDirection } from '../layout.ts';
import { shownNameOf } from '../names.ts';
import { changeWorkspace, joinBeside, useWorkspace } from '../store.ts';
import { offersTabAction, runTabAction, useKeyHint, type TabAction } from '../tab-actions.ts';
import { moveTab, type Tab } from '../workspace.ts';
import classes from './tab-strip.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** The keys of an action, at the right end of its menu item. */
function KeyHint({ action }: { readonly action: TabAction }) {
  const hint = useKeyHint(action);
  return hint === undefined ? null : <kbd className={classes['keys']}>{hint}</kbd>;
}

/** The menu items for a tab as a whole. */
export function TabItems({ tab, onRename }: { readonly tab: Tab; readonly onRename: () => void }) {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const hasClosed = useHasClosed();
  const reopen = useReopen();
  return (
    <>
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onRename}>
        {t('menu.rename')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopyPlus {...icon} />}
        onClick={() => void navigate({ to: '/terminals/$tabId', params: { tabId: duplicateTab(tab) } })}
      >
        {t('menu.duplicate')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowBackUp {...icon} />}
        rightSection={<KeyHint action="reopenTab" />}
        disabled={!hasClosed}
        onClick={reopen}
      >
        {t('menu.reopen')}
      </Menu.Item>
      {countBroadcastable(tab) > 1 && (
        <Menu.Item
          leftSection={<IconBroadcast {...icon} />}
          onClick={() => {
            setBroadcast(tab.id, !tab.broadcast);
          }}
        >
          {tab.broadcast ? t('menu.stopBroadcast') : t('menu.broadcast')}
        </Menu.Item>
      )}
      {offersTabAction('saveSet') && (
        <Menu.Item leftSection={<IconBookmarkPlus {...icon} />} onClick={() => runTabAction('saveSet')}>
          {t('menu.saveSet')}
        </Menu.Item>
      )}
    </>
  );
}

interface MoveItemsProps {
  readonly tab: Tab;
  /** The tab beside whose active pane it can be moved. */
  readonly besideId?: string | undefined;
}

/** The menu items that move a tab, or a pane of it. */
export function MoveItems({ tab, besideId }: MoveItemsProps) {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const { tabs } = useWorkspace();
  const index = tabs.findIndex(({ id }) => id === tab.id);
  const show = (tabId: string) => void navigate({ to: '/terminals/$tabId', params: { tabId } });
  const moveTo = (position: number) => {
    changeWorkspace((known) => moveTab(known, tab.id, position));
  };
  const beside = tabs.find(({ id }) => id === besideId && id !== tab.id);
  const hasRoom = beside !== undefined && canSplit(beside.layout, activePaneOf(beside).id, tab.layout);
  const join = (direction: SplitDirection) => {
    if (beside !== undefined) joinBeside(tab.id, { tabId: beside.id, paneId: activePaneOf(beside).id, direction });
  };
  return (
    <>
      <Menu.Item leftSection={<IconArrowLeft {...icon} />} disabled={index === 0} onClick={() => moveTo(index - 1)}>
        {t('tabs.moveLeft')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight {...icon} />}
        disabled={index === tabs.length - 1}
        onClick={() => moveTo(index + 1)}
      >
        {t('tabs.moveRight')}
      </Menu.Item>
      {hasRoom && (
        <>
          <Menu.Item leftSection={<IconLayoutColumns {...icon} />} onClick={() => join('right')}>
            {t('tabs.joinRight', { name: shownNameOf(beside, tabs) })}
          </Menu.Item>
          <Menu.Item leftSection={<IconLayoutRows {...icon} />} onClick={() => join('below')}>
            {t('tabs.joinBelow', { name: shownNameOf(beside, tabs) })}
          </Menu.Item>
        </>
      )}
      {tab.panes.length > 1 && (
        <Menu.Item leftSection={<IconWindowMaximize {...icon} />} onClick={() => show(separate(tab))}>
          {t('tabs.separate')}
        </Menu.Item>
      )}
    </>
  );
}

/** The menu items that close a tab, or others. */
export function CloseItems({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('workspace');
  const { tabs } = useWorkspace();
  const { request } = useClosing();
  const index = tabs.findIndex(({ id }) => id === tab.id);
  const idsOf = (some: readonly Tab[]) => ({ tabIds: some.map(({ id }) => id) });
  return (
    <>
      <Menu.Item
        leftSection={<IconX {...icon} />}
        rightSection={<KeyHint action="closeTab" />}
        onClick={() => request(idsOf([tab]))}
      >
        {t('menu.close')}
      </Menu.Item>
      <Menu.Item disabled={tabs.length < 2} onClick={() => request(idsOf(tabs.filter((other) => other !== tab)))}>
        {t('menu.closeOthers')}
      </Menu.Item>
      <Menu.Item disabled={index === tabs.length - 1} onClick={() => request(idsOf(tabs.slice(index + 1)))}>
        {t('menu.closeRight')}
      </Menu.Item>
    </>
  );
}
