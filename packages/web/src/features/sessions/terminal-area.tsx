import { Button, useComputedColorScheme } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useChangePreferences, usePreferences } from '../accounts/queries.ts';
import { activeRuntimeOf, closeOnePane, nameOf, setBroadcast } from './actions.ts';
import { ExtraKeys } from './extra-keys.tsx';
import { useObservable } from './observable.ts';
import { Divider } from './panes/divider.tsx';
import { PaneView } from './panes/pane-view.tsx';
import { placesOf } from './places.ts';
import { keepRuntimes } from './runtime.ts';
import { appearance } from './screen/appearance.ts';
import { lettersLoaded } from './screen/screen.ts';
import { terminalTheme } from './screen/terminal-themes.ts';
import { StatusBar } from './status-bar.tsx';
import { useWorkspace } from './store.ts';
import classes from './terminal-area.module.css';
import type { Tab } from './workspace.ts';

export { TabStrip } from './tabs/tab-strip.tsx';

await lettersLoaded.catch(() => undefined);
keepRuntimes();

/** The terminals of one tab. */
export function TerminalView({ tabId }: { readonly tabId: string }) {
  const { t } = useTranslation('sessions');
  const tab = useWorkspace().tabs.find(({ id }) => id === tabId);
  useAppearance();
  if (tab === undefined)
    return (
      <main>
        <EmptyState icon={IconTerminal2} title={t('area.gone')} text={t('area.goneText')}>
          <Button component={Link} to="/servers">
            {t('area.toServers')}
          </Button>
        </EmptyState>
      </main>
    );
  return <Terminals tab={tab} />;
}

function Terminals({ tab }: { readonly tab: Tab }) {
  const { theme, scheme } = useObservable(appearance);
  const view = useAboveKeyboard();
  const navigate = useNavigate();
  const runtime = activeRuntimeOf(tab);
  const { panes, dividers } = placesOf(tab.layout);
  function close(paneId: string): void {
    const { tabIsGone, next } = closeOnePane(tab.id, paneId);
    if (!tabIsGone) return;
    void (next === undefined
      ? navigate({ to: '/servers' })
      : navigate({ to: '/terminals/$tabId', params: { tabId: next } }));
  }
  return (
    <main ref={view} className={classes['view']}>
      <title>{`${nameOf(tab)} · Gatehouse`}</title>
      <h1 className={classes['hidden']}>{nameOf(tab)}</h1>
      {tab.broadcast && <BroadcastFrame tab={tab} />}
      <div
        className={classes['panes']}
        style={{ '--terminal-bg': terminalTheme(theme, scheme).background } as CSSProperties}
      >
        {panes
          .toSorted((one, other) => one.paneId.localeCompare(other.paneId))
          .map(({ paneId, place }) => {
            const pane = tab.panes.find(({ id }) => id === paneId);
            return (
              pane && (
                <PaneView
                  key={paneId}
                  tab={tab}
                  pane={pane}
                  place={place}
                  onClose={() => {
                    close(paneId);
                  }}
                />
              )
            );
          })}
        {dividers.map((divider) => (
          <Divider key={divider.splitId} tabId={tab.id} {...divider} />
        ))}
      </div>
      <ExtraKeys runtime={runtime} />
      <StatusBar runtime={runtime} />
    </main>
  );
}

function BroadcastFrame({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('sessions');
  return (
    <div className={classes['broadcast']} role="status">
      <span>{t('pane.broadcast', { count: tab.panes.length })}</span>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          setBroadcast(tab.id, false);
        }}
      >
        {t('pane.broadcastStop')}
      </Button>
    </div>
  );
}

/** How long letters that change their size by the wheel rest before the size is kept. */
const keepFontAfterMs = 800;

/** Makes all terminals follow the preferences and the colour scheme, and keeps the size of the letters that was chosen in one of them. */
function useAppearance(): void {
  const { terminal } = usePreferences();
  const scheme = useComputedColorScheme('dark');
  const { mutate } = useChangePreferences();
  const wanted = JSON.stringify(terminal);
  useEffect(() => {
    // eslint-disable-next-line gatehouse/parsed-json -- It is what was written three lines above.
    appearance.set({ ...(JSON.parse(wanted) as typeof terminal), scheme });
  }, [wanted, scheme]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = appearance.subscribe(() => {
      const { fontSize } = appearance.get();
      clearTimeout(timer);
      if (fontSize !== terminal.fontSize)
        timer = setTimeout(() => {
          mutate({ terminal: { fontSize } });
        }, keepFontAfterMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [terminal.fontSize, mutate]);
}

/** Keeps the lowest line above the keyboard of a phone, which covers the page without making it smaller. */
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
