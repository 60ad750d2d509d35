import { Button, Menu } from '@mantine/core';
import { IconLayoutColumns, IconLayoutRows, IconQuestionMark } from '@tabler/icons-react';
import { createElement } from 'react';
import { useTranslation } from 'react-i18next';
import { activePaneOf, contentOf } from '../actions.ts';
import { useFocusAfterMenu } from '../focus-panes.ts';
import { canSplit, type SplitDirection } from '../layout.ts';
import { shownNameOf } from '../names.ts';
import { iconOf } from '../pane-kind.ts';
import { joinBeside, openBeside, useWorkspace } from '../store.ts';
import type { Tab } from '../workspace.ts';
import classes from './tab-strip.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** More tabs do not fit in a menu. */
const mostTabs = 10;

/** Opens a pane beside the active one: with the same content, or from another tab. */
export function SplitMenu({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('workspace');
  const { button, onClosed } = useFocusAfterMenu(tab.id);
  const { tabs } = useWorkspace();
  const active = activePaneOf(tab);
  const paneId = active.id;
  const beside = (direction: SplitDirection) => ({ tabId: tab.id, paneId, direction });
  const others = tabs.filter(({ id, layout }) => id !== tab.id && canSplit(tab.layout, paneId, layout));
  return (
    <Menu returnFocus={false} onExitTransitionEnd={onClosed}>
      <Menu.Target>
        <Button
          {...button}
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
