import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconBroadcast,
  IconClearAll,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconDots,
  IconDownload,
  IconLayoutColumns,
  IconLayoutRows,
  IconPencil,
  IconPlayerStop,
  IconRefresh,
  IconSearch,
  IconServer2,
  IconTerminal2,
  IconWindowMaximize,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { copyText, readClipboard } from '../../../lib/clipboard.ts';
import { tell } from '../../../ui/notice.tsx';
import {
  activePaneOf,
  activeRuntimeOf,
  downloadScrollback,
  duplicateTab,
  nameOf,
  separate,
  setBroadcast,
} from '../actions.ts';
import { canSplit, type SplitDirection } from '../layout.ts';
import { useObservable } from '../observable.ts';
import { useEndSession } from '../queries.ts';
import { changeWorkspace, joinBeside, openBeside, useWorkspace } from '../store.ts';
import { moveTab, type Tab } from '../workspace.ts';
import classes from './tab-strip.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** A menu is no list to search in. */
const mostTabs = 10;

/** Puts another terminal beside the active one: on the same server, or from another tab. */
export function SplitMenu({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('sessions');
  const { tabs } = useWorkspace();
  const { id: paneId, target } = activePaneOf(tab);
  const place = (direction: SplitDirection) => ({ tabId: tab.id, paneId, direction });
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
            openBeside(target, place('right'));
          }}
        >
          {t('tabs.splitRight')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLayoutRows {...icon} />}
          onClick={() => {
            openBeside(target, place('below'));
          }}
        >
          {t('tabs.splitBelow')}
        </Menu.Item>
        {others.length > 0 && <Menu.Label>{t('tabs.splitFrom')}</Menu.Label>}
        {others.slice(0, mostTabs).map((other) => (
          <Menu.Item
            key={other.id}
            leftSection={<IconTerminal2 {...icon} />}
            onClick={() => {
              joinBeside(other.id, place('right'));
            }}
          >
            {nameOf(other)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Everything else that can be done with a terminal, also without a mouse. */
export function TabMenu({ tab, onRename }: { readonly tab: Tab; readonly onRename: () => void }) {
  const { t } = useTranslation('sessions');
  return (
    <Menu returnFocus={false}>
      <Menu.Target>
        <ActionIcon aria-label={t('tabs.menu')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <TextItems tab={tab} />
        <Menu.Divider />
        <TabItems tab={tab} onRename={onRename} />
        <Menu.Divider />
        <SessionItems tab={tab} />
      </Menu.Dropdown>
    </Menu>
  );
}

function TextItems({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation(['sessions', 'app']);
  const { screen, isSearching, offerPaste } = activeRuntimeOf(tab);
  async function pasteFromClipboard(): Promise<void> {
    const text = await readClipboard();
    screen.focus();
    if (text !== undefined) offerPaste(text);
    else tell(t('menu.pasteByKey'));
  }
  return (
    <>
      <Menu.Item
        leftSection={<IconSearch {...icon} />}
        rightSection={<kbd className={classes['key']}>{t('app:shortcuts.keys.control')} ⇧ F</kbd>}
        onClick={() => {
          isSearching.set(true);
        }}
      >
        {t('menu.search')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy {...icon} />}
        rightSection={<kbd className={classes['key']}>{t('app:shortcuts.keys.control')} ⇧ C</kbd>}
        disabled={screen.selection() === ''}
        onClick={() => void copyText(screen.selection())}
      >
        {t('menu.copy')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconClipboard {...icon} />}
        rightSection={<kbd className={classes['key']}>{t('app:shortcuts.keys.control')} ⇧ V</kbd>}
        onClick={() => void pasteFromClipboard()}
      >
        {t('menu.paste')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconClearAll {...icon} />}
        onClick={() => {
          screen.clear();
          screen.focus();
        }}
      >
        {t('menu.clear')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconDownload {...icon} />}
        onClick={() => {
          downloadScrollback(tab);
        }}
      >
        {t('menu.download')}
      </Menu.Item>
    </>
  );
}

function TabItems({ tab, onRename }: { readonly tab: Tab; readonly onRename: () => void }) {
  const { t } = useTranslation('sessions');
  const navigate = useNavigate();
  const { tabs } = useWorkspace();
  const index = tabs.indexOf(tab);
  const moveTo = (place: number) => {
    changeWorkspace((known) => moveTab(known, tab.id, place));
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
      {tab.panes.length > 1 && (
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

function SessionItems({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('sessions');
  const { line, reconnect } = activeRuntimeOf(tab);
  const { phase, sessionId } = useObservable(line.progress);
  const end = useEndSession();
  const { entryId } = activePaneOf(tab).target;
  return (
    <>
      <Menu.Item
        leftSection={<IconRefresh {...icon} />}
        onClick={() => {
          line.end();
          reconnect();
        }}
      >
        {t('menu.reconnect')}
      </Menu.Item>
      <Menu.Item leftSection={<IconServer2 {...icon} />} component={Link} to={`/servers/${entryId}`}>
        {t('menu.server')}
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<IconPlayerStop {...icon} />}
        disabled={sessionId === undefined || phase.kind !== 'open'}
        onClick={() => {
          if (sessionId !== undefined) end.mutate(sessionId);
        }}
      >
        {t('menu.end')}
      </Menu.Item>
    </>
  );
}
