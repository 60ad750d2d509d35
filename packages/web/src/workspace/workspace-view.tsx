import { Button } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { activeOpenPaneOf, activePaneOf, countBroadcastable, setBroadcast } from './actions.ts';
import { useClosing } from './closing/use-closing.ts';
import { focusPanes } from './focus-panes.ts';
import { panesOf } from './layout.ts';
import { shownNameOf } from './names.ts';
import { openPaneOf } from './open-panes.ts';
import { Divider } from './panes/divider.tsx';
import { PaneFrame } from './panes/pane-frame.tsx';
import { rectanglesOf } from './rectangles.ts';
import { StatusBar } from './status-bar.tsx';
import { activatePane, shownTab, useWorkspace } from './store.ts';
import { useTabAction } from './tab-actions.ts';
import type { Tab } from './workspace.ts';
import classes from './workspace-view.module.css';

/** The panes of one tab. */
export function WorkspaceView({ tabId }: { readonly tabId: string }) {
  const { t } = useTranslation('workspace');
  const { tabs } = useWorkspace();
  const tab = tabs.find(({ id }) => id === tabId);
  if (tab === undefined)
    return (
      <main>
        <EmptyState icon={IconTerminal2} title={t('area.closed')} text={t('area.closedText')}>
          <Button component={Link} to="/servers">
            {t('area.toServers')}
          </Button>
        </EmptyState>
      </main>
    );
  return <Panes tab={tab} name={shownNameOf(tab, tabs)} />;
}

function Panes({ tab, name }: { readonly tab: Tab; readonly name: string }) {
  const view = useAboveKeyboard();
  const { request } = useClosing();
  const active = activeOpenPaneOf(tab);
  useTabAction('nextPane', () => {
    const order = panesOf(tab.layout);
    const next = tab.panes.find(({ id }) => id === order[(order.indexOf(activePaneOf(tab).id) + 1) % order.length]);
    if (next === undefined) return;
    activatePane(tab.id, next.id);
    openPaneOf(next)?.runtime.focus();
  });
  useEffect(() => {
    shownTab.set(tab.id);
  }, [tab.id]);
  const { panes, dividers } = rectanglesOf(tab.layout);
  return (
    <main ref={view} className={classes['view']}>
      <title>{`${name} · Gatehouse`}</title>
      <h1 className={classes['hidden']}>{name}</h1>
      {presencesOf(tab).map(([kindId, Presence]) => (
        <Presence key={kindId} />
      ))}
      {tab.broadcast && <BroadcastFrame tab={tab} />}
      <div className={classes['panes']}>
        {panes
          .toSorted((one, other) => one.paneId.localeCompare(other.paneId))
          .map(({ paneId, rectangle }) => {
            const pane = tab.panes.find(({ id }) => id === paneId);
            return (
              pane && (
                <PaneFrame
                  key={paneId}
                  tab={tab}
                  pane={pane}
                  rectangle={rectangle}
                  onClose={() => {
                    request({ tabId: tab.id, paneId });
                  }}
                />
              )
            );
          })}
        {dividers.map((divider) => (
          <Divider key={divider.splitId} tabId={tab.id} {...divider} />
        ))}
      </div>
      {active?.Tools && <active.Tools />}
      {active !== undefined && <StatusBar active={active} />}
    </main>
  );
}

/** The `Presence` components of a tab's panes, by the id of their kind. */
function presencesOf({ panes }: Tab): readonly (readonly [string, ComponentType])[] {
  const presences = new Map<string, ComponentType>();
  for (const pane of panes) {
    const kind = openPaneOf(pane)?.kind;
    if (kind?.Presence !== undefined) presences.set(kind.id, kind.Presence);
  }
  return [...presences];
}

function BroadcastFrame({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('workspace');
  return (
    <div className={classes['broadcast']} role="status">
      <span>{t('pane.broadcast', { count: countBroadcastable(tab) })}</span>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          setBroadcast(tab.id, false);
          focusPanes(tab.id);
        }}
      >
        {t('pane.broadcastStop')}
      </Button>
    </div>
  );
}

/** Keeps the last row above the on-screen keyboard of a phone, which covers the page without resizing it. */
function useAboveKeyboard() {
  const view = useRef<HTMLElement>(null);
  useEffect(() => {
    const { visualViewport } = window;
    if (visualViewport === null) return undefined;
    const adjust = () => {
      const element = view.current;
      if (element === null) return;
      element.style.paddingBottom = '';
      const covered = element.getBoundingClientRect().bottom - visualViewport.offsetTop - visualViewport.height;
      element.style.paddingBottom = covered > 1 ? `${covered}px` : '';
    };
    visualViewport.addEventListener('resize', adjust);
    visualViewport.addEventListener('scroll', adjust);
    return () => {
      visualViewport.removeEventListener('resize', adjust);
      visualViewport.removeEventListener('scroll', adjust);
    };
  }, []);
  return view;
}
