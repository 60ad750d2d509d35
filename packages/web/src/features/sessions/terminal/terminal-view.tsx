import { useEffect, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../lib/observable.ts';
import type { PaneViewProps } from '../../../workspace/pane-kind.ts';
import { ConnectCard } from '../connect/connect-card.tsx';
import { hadShell, isOver } from '../connection/progress.ts';
import { appearance } from '../screen/appearance.ts';
import { terminalTheme } from '../screen/terminal-themes.ts';
import { ConfirmationDialog } from './confirmation-dialog.tsx';
import { InputNotice } from './input-notice.tsx';
import type { TerminalRuntime } from './terminal-runtime.ts';
import { SearchBar } from './search-bar.tsx';
import { SessionNotice } from './session-notice.tsx';
import { zoom } from './shortcuts.ts';
import classes from './terminal.module.css';

/** While a window is resized, its size changes with every frame. */
const fitAfterMs = 60;

/** One terminal with its dialogs, search bar and notices. */
export function TerminalView({
  runtime,
  isActive,
  isBroadcast,
  onClose,
}: PaneViewProps & { readonly runtime: TerminalRuntime }) {
  const { t } = useTranslation('sessions');
  const { theme, scheme } = useObservable(appearance);
  const progress = useObservable(runtime.connection.progress);
  const isSearching = useObservable(runtime.isSearching);
  const bells = useObservable(runtime.bells);
  const isCardHidden = useObservable(runtime.isCardHidden);
  const hasCard = !hadShell(progress) && !(isCardHidden && isOver(progress.phase));
  const container = useScreen(runtime, t('pane.input'));
  useFocus(runtime, isActive && !hasCard);
  return (
    <div
      className={classes['terminal']}
      style={{ '--terminal-bg': terminalTheme(theme, scheme).background } as CSSProperties}
    >
      <div
        className={`${classes['body'] ?? ''} ${bells % 2 === 1 ? (classes['rings'] ?? '') : ''}`}
        data-broadcast={isBroadcast || undefined}
      >
        <div ref={container} className={classes['screen']} inert={hasCard} />
        {isSearching && !hasCard && <SearchBar runtime={runtime} />}
        {hasCard && (
          <ConnectCard
            target={runtime.target}
            runtime={runtime}
            progress={progress}
            takesFocus={isActive}
            onClose={onClose}
          />
        )}
      </div>
      {!hasCard && <InputNotice connection={runtime.connection} />}
      {!hasCard && <SessionNotice runtime={runtime} phase={progress.phase} onClose={onClose} />}
      <ConfirmationDialog name={runtime.target.name} runtime={runtime} />
    </div>
  );
}

/** Shows the screen while the pane is shown, and adapts it to the size of its container. */
function useScreen(runtime: TerminalRuntime, inputLabel: string) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    const { screen } = runtime;
    screen.show(element, inputLabel);
    runtime.markSeen();
    runtime.start();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const resized = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        screen.fit();
      }, fitAfterMs);
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
  }, [runtime, inputLabel]);
  return container;
}

/** The active pane gets the focus; on a phone only when it is touched, because the on-screen keyboard covers half of the screen. */
function useFocus({ screen }: TerminalRuntime, wants: boolean): void {
  useEffect(() => {
    if (wants && matchMedia('(pointer: fine)').matches) screen.focus();
  }, [screen, wants]);
}
