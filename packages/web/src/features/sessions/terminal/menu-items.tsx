import { Menu } from '@mantine/core';
import {
  IconBellCheck,
  IconBellOff,
  IconClearAll,
  IconClipboard,
  IconCopy,
  IconDownload,
  IconPlayerStop,
  IconRefresh,
  IconSearch,
  IconServer2,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { copyText, readClipboard } from '../../../lib/clipboard.ts';
import { useObservable } from '../../../lib/observable.ts';
import { notify } from '../../../ui/notice.tsx';
import type { Pane } from '../../../workspace/workspace.ts';
import { mayNotify } from './done-notice.ts';
import { downloadScrollback } from './download.ts';
import type { TerminalRuntime } from './terminal-runtime.ts';
import classes from './terminal.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

interface ItemsProps {
  readonly pane: Pane;
  readonly runtime: TerminalRuntime;
}

/** The menu items for the text of a terminal. */
export function TextItems({ pane, runtime }: ItemsProps) {
  const { t } = useTranslation(['sessions', 'app']);
  const { screen, isSearching } = runtime;
  async function pasteFromClipboard(): Promise<void> {
    const text = await readClipboard();
    screen.focus();
    if (text !== undefined) runtime.requestPaste(text);
    else notify(t('menu.pasteByKey'));
  }
  return (
    <>
      <Menu.Item
        leftSection={<IconSearch {...icon} />}
        rightSection={<kbd className={classes['shortcut']}>{t('app:shortcuts.keys.control')} ⇧ F</kbd>}
        onClick={() => {
          isSearching.set(true);
        }}
      >
        {t('menu.search')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy {...icon} />}
        rightSection={<kbd className={classes['shortcut']}>{t('app:shortcuts.keys.control')} ⇧ C</kbd>}
        disabled={screen.selection === ''}
        onClick={() => void copyText(screen.selection)}
      >
        {t('menu.copy')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconClipboard {...icon} />}
        rightSection={<kbd className={classes['shortcut']}>{t('app:shortcuts.keys.control')} ⇧ V</kbd>}
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
          downloadScrollback(pane, runtime);
        }}
      >
        {t('menu.download')}
      </Menu.Item>
    </>
  );
}

/** The menu items for the session of a terminal. */
export function SessionItems({ runtime }: Pick<ItemsProps, 'runtime'>) {
  const { t } = useTranslation('sessions');
  const { connection, confirmations, doneWatch } = runtime;
  const { phase, sessionId } = useObservable(connection.progress);
  const isWatched = useObservable(doneWatch.isOn);
  async function watch(): Promise<void> {
    doneWatch.start();
    if (!(await mayNotify())) notify(t('done.onlyHere'));
  }
  const { entryId } = runtime.target;
  return (
    <>
      <Menu.Item
        leftSection={isWatched ? <IconBellOff {...icon} /> : <IconBellCheck {...icon} />}
        disabled={phase.kind !== 'open'}
        onClick={() => {
          if (isWatched) doneWatch.stop();
          else void watch();
        }}
      >
        {t(isWatched ? 'menu.stopWatching' : 'menu.notifyWhenDone')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconRefresh {...icon} />}
        onClick={() => {
          if (phase.kind === 'open') confirmations.askToEnd('reconnect');
          else {
            connection.end();
            runtime.reconnect();
          }
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
          confirmations.askToEnd('end');
        }}
      >
        {t('menu.end')}
      </Menu.Item>
    </>
  );
}
