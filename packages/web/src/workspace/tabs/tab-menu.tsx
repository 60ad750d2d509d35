import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { activeOpenPaneOf, activePaneOf } from '../actions.ts';
import { focusPanes, useFocusAfterMenu } from '../focus-panes.ts';
import type { Tab } from '../workspace.ts';
import { CloseItems, MoveItems, TabItems } from './tab-items.tsx';
import classes from './tab-strip.module.css';

/** The actions of a pane and its tab, also for the keyboard. */
export function TabMenu({ tab, onRename }: { readonly tab: Tab; readonly onRename: () => void }) {
  const { t } = useTranslation('workspace');
  const { button, onClosed } = useFocusAfterMenu(tab.id);
  const pane = activePaneOf(tab);
  const { ContentItems, SessionItems } = activeOpenPaneOf(tab) ?? {};
  return (
    <Menu returnFocus={false} onExitTransitionEnd={onClosed}>
      <Menu.Target>
        <ActionIcon {...button} aria-label={t('tabs.menu')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes['menu'] ?? ''}>
        {ContentItems && (
          <>
            <ContentItems pane={pane} />
            <Menu.Divider />
          </>
        )}
        <TabItems tab={tab} onRename={onRename} />
        <MoveItems tab={tab} />
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

/** The position of a context menu, in pixels of the window. */
export interface MenuSpot {
  readonly tabId: string;
  readonly x: number;
  readonly y: number;
}

interface TabContextMenuProps {
  readonly tab: Tab;
  readonly spot: MenuSpot;
  /** The tab that is shown. */
  readonly shownId: string | undefined;
  readonly onRename: () => void;
  readonly onClose: () => void;
}

/** The context menu of a tab. There is one for all tabs. */
export function TabContextMenu({ tab, spot, shownId, onRename, onClose }: TabContextMenuProps) {
  const { t } = useTranslation('workspace');
  return (
    <Menu
      key={`${spot.tabId} ${spot.x} ${spot.y}`}
      opened
      onClose={() => {
        onClose();
        focusPanes(shownId);
      }}
      returnFocus={false}
      position="bottom-start"
      offset={2}
      transitionProps={{ duration: 0 }}
      // The event of the key that opened it is still bubbling.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          className={classes['spot']}
          style={{ left: spot.x, top: spot.y }}
        >
          {t('tabs.menu')}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes['menu'] ?? ''}>
        <TabItems tab={tab} onRename={onRename} />
        <MoveItems tab={tab} besideId={shownId} />
        <Menu.Divider />
        <CloseItems tab={tab} />
      </Menu.Dropdown>
    </Menu>
  );
}
