import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectCard } from '../connect/connect-card.tsx';
import type { Progress } from '../connection/progress.ts';
import { panesOf } from '../layout.ts';
import { useObservable } from '../observable.ts';
import type { Place } from '../places.ts';
import { activatePane, runtimeOf, type Runtime } from '../runtime.ts';
import { zoom } from '../shortcuts.ts';
import type { Pane, Tab } from '../workspace.ts';
import { AskedDialog } from './asked-dialog.tsx';
import { PaneHead } from './pane-head.tsx';
import { PaneNotice } from './pane-notice.tsx';
import { SearchBar } from './search-bar.tsx';
import { useDropBeside } from './use-drop-beside.ts';
import classes from './pane.module.css';

/** A window that is dragged changes its size with every frame. */
const fitAfterMs = 60;

interface PaneViewProps {
  readonly tab: Tab;
  readonly pane: Pane;
  readonly place: Place;
  readonly onClose: () => void;
}

/** One terminal with what stands over and around it. */
export function PaneView({ tab, pane, place, onClose }: PaneViewProps) {
  const { t } = useTranslation('sessions');
  const runtime = runtimeOf(pane);
  const progress = useObservable(runtime.line.progress);
  const isSearching = useObservable(runtime.isSearching);
  const bells = useObservable(runtime.bells);
  const isActive = tab.activePaneId === pane.id;
  const hasCard = needsCard(progress);
  const room = useScreen(runtime, t('pane.input'));
  const section = useRef<HTMLElement>(null);
  const dropped = useDropBeside(section, tab, pane);
  useFocus(runtime, isActive && !hasCard);
  return (
    <section
      ref={section}
      className={`${classes['pane'] ?? ''} ${bells % 2 === 1 ? (classes['rings'] ?? '') : ''}`}
      style={{ left: share(place.x), top: share(place.y), width: share(place.width), height: share(place.height) }}
      data-active={isActive || undefined}
      data-broadcast={tab.broadcast || undefined}
      data-drop={dropped}
      aria-label={labelOf(t, tab, pane)}
      onFocusCapture={() => {
        activatePane(tab.id, pane.id);
      }}
      onPointerDownCapture={() => {
        activatePane(tab.id, pane.id);
      }}
    >
      {tab.panes.length > 1 && <PaneHead tab={tab} pane={pane} runtime={runtime} onClose={onClose} />}
      <div className={classes['body']}>
        <div ref={room} className={classes['screen']} inert={hasCard} />
        {isSearching && !hasCard && <SearchBar runtime={runtime} />}
        {hasCard && (
          <ConnectCard
            target={pane.target}
            runtime={runtime}
            progress={progress}
            takesFocus={isActive}
            onClose={onClose}
          />
        )}
      </div>
      {!hasCard && <PaneNotice runtime={runtime} phase={progress.phase} onClose={onClose} />}
      <AskedDialog name={pane.target.name} runtime={runtime} />
    </section>
  );
}

/** Several panes are told apart by their numbers. */
function labelOf(t: TFunction<'sessions'>, { layout }: Tab, { id, target: { name } }: Pane): string {
  const order = panesOf(layout);
  if (order.length === 1) return t('pane.label', { name });
  return t('pane.labelOf', { name, index: order.indexOf(id) + 1, count: order.length });
}

function share(part: number): string {
  return `${part * 100}%`;
}

/** Whether the shell never was there, so that the card with the steps says more than the screen. */
function needsCard({ phase, steps }: Progress): boolean {
  if (phase.kind === 'failed')
    return !steps.some(({ step, status, hop }) => step === 'channel' && status === 'ok' && hop === undefined);
  return ['new', 'asks', 'connecting', 'joining'].includes(phase.kind);
}

/** Puts the screen into the page as long as the pane is shown, and keeps it as large as its room. */
function useScreen({ screen, start }: Runtime, inputLabel: string) {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = room.current;
    if (element === null) return undefined;
    screen.show(element, inputLabel);
    start();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const resized = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(screen.fit, fitAfterMs);
    });
    resized.observe(element);
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      // The browser would scale the whole page.
      event.preventDefault();
      event.stopPropagation();
      zoom(event.deltaY < 0 ? 1 : -1);
    };
    element.addEventListener('wheel', onWheel, { passive: false, capture: true });
    return () => {
      clearTimeout(timer);
      resized.disconnect();
      element.removeEventListener('wheel', onWheel, { capture: true });
      screen.hide();
    };
  }, [screen, start, inputLabel]);
  return room;
}

/** The keyboard goes to the active pane; on a phone only when it is touched, because the keyboard takes half of the screen. */
function useFocus({ screen }: Runtime, wants: boolean): void {
  useEffect(() => {
    if (wants && matchMedia('(pointer: fine)').matches) screen.focus();
  }, [screen, wants]);
}
