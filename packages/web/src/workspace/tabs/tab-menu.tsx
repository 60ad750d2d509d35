import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowRight,
  IconBroadcast,
  IconCopyPlus,
  IconDots,
  IconLayoutColumns,
  IconLayoutRows,
  IconPencil,
  IconQuestionMark,
  IconWindowMaximize,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { createElement } from 'react';
import { useTranslation } from 'react-i18next';
import {
  activeOpenPaneOf,
  activePaneOf,
  contentOf,
  countBroadcastable,
  duplicateTab,
  separate,
  setBroadcast,
} from '../actions.ts';
import { useHasClosed, useReopen } from '../commands.ts';
import { canSplit, type SplitDirection } from '../layout.ts';
import { shownNameOf } from '../names.ts';
import { iconOf } from '../pane-kind.ts';
import { changeWorkspace, joinBeside, openBeside, useWorkspace } from '../store.ts';
import { useKeyHint, type TabAction } from '../tab-actions.ts';
import { moveTab, type Tab } from '../workspace.ts';
import classes from './tab-strip.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** More tabs do not fit in a menu. */
const mostTabs = 10;

/** Opens a pane beside the active one: with the same content, or from another tab. */
export function SplitMenu({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('workspace');
  const { tabs } = useWorkspace();
  const active = activePaneOf(tab);
  const paneId = active.id;
  const beside = (direction: SplitDirection) => ({ tabId: tab.id, paneId, direction });
  const others = tabs.filter(({ id, layout }) => id !== tab.id && canSplit(tab.layout, paneId, layout));
  return (
    <Menu>
      <Menu.Target>
        <Button
          className={classes['desk']}
          variant="subtle"
          color="gray"
          disabled={!canSplit(tab.layout, tab.activePaneId)}
        >
          {t('tabs.split')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconLayoutColumns {...icon} />}
          onClick={() => {
            openBeside(contentOf(active), beside('right'));
          }}
        >
          {t('tabs.splitRight')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLayoutRows {...icon} />}
          onClick={() => {
            openBeside(contentOf(active), beside('below'));
          }}
        >
          {t('tabs.splitBelow')}
        </Menu.Item>
        {others.length > 0 && <Menu.Label>{t('tabs.splitFrom')}</Menu.Label>}
        {others.slice(0, mostTabs).map((other) => (
          <Menu.Item
            key={other.id}
            leftSection={<KindIcon tab={other} />}
            onClick={() => {
              joinBeside(other.id, beside('right'));
            }}
          >
            {shownNameOf(other, tabs)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function KindIcon({ tab }: { readonly tab: Tab }) {
  return createElement(iconOf(activePaneOf(tab).kind) ?? IconQuestionMark, icon);
}

/** The other actions of a pane and its tab, also for the keyboard. */
export function TabMenu({ tab, onRename }: { readonly tab: Tab; readonly onRename: () => void }) {
  const { t } = useTranslation('workspace');
  const pane = activePaneOf(tab);
  const { ContentItems, SessionItems } = activeOpenPaneOf(tab) ?? {};
  return (
    <Menu returnFocus={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('tabs.menu')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ContentItems && (
          <>
            <ContentItems pane={pane} />
            <Menu.Divider />
          </>
        )}
        <TabItems tab={tab} onRename={onRename} />
        {SessionItems && (
          <>
            <Menu.Divider />
            <SessionItems pane={pane} />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The keys of an action, at the right end of its menu item. */
function KeyHint({ action }: { readonly action: TabAction }) {
  const hint = useKeyHint(action);
  return hint === undefined ? null : <kbd className={classes['keys']}>{hint}</kbd>;
}

function TabItems({ tab, onRename }: { readonly tab: Tab; readonly onRename: () => void }) {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const hasClosed = useHasClosed();
  const reopen = useReopen();
  const { tabs } = useWorkspace();
  const index = tabs.indexOf(tab);
  const moveTo = (beside: number) => {
    changeWorkspace((known) => moveTab(known, tab.id, beside));
  };
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
      <Menu.Item
        leftSection={<IconArrowLeft {...icon} />}
        disabled={index === 0}
        onClick={() => {
          moveTo(index - 1);
        }}
      >
        {t('tabs.moveLeft')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight {...icon} />}
        disabled={index === tabs.length - 1}
        onClick={() => {
          moveTo(index + 1);
        }}
      >
        {t('tabs.moveRight')}
      </Menu.Item>
      {tab.panes.length > 1 && (
        <Menu.Item
          leftSection={<IconWindowMaximize {...icon} />}
          onClick={() => void navigate({ to: '/terminals/$tabId', params: { tabId: separate(tab) } })}
        >
          {t('tabs.separate')}
        </Menu.Item>
      )}
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
    </>
  );
}
