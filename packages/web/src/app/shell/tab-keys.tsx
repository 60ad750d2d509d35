import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useObservable } from '../../lib/observable.ts';
import { lockKeysInFullScreen, toggleFullScreen } from '../../lib/full-screen.ts';
import { useReopen, useTabSwitch, wantedTab } from '../../workspace/commands.ts';
import { runTabAction, useTabAction, type TabAction } from '../../workspace/tab-actions.ts';
import { actionOf } from './keys/bindings.ts';
import { useBindings, useKeyHints } from './keys/use-bindings.ts';
import { showOverlay } from './overlay.ts';
import { situationOf } from './shortcuts.ts';

/** Listens on every screen for the keys of tabs and panes, before a terminal sends them to its server. */
export function TabKeys(): null {
  const bindings = useBindings();
  const navigate = useNavigate();
  const { tabId } = useParams({ strict: false });
  const { beside, at, hasTabs } = useTabSwitch(tabId);
  const show = (wanted: string | undefined) => {
    if (wanted !== undefined) void navigate({ to: '/terminals/$tabId', params: { tabId: wanted } });
  };
  useKeyHints(bindings);
  useTabAction('previousTab', () => show(beside(-1)));
  useTabAction('nextTab', () => show(beside(1)));
  useTabAction('reopenTab', useReopen());
  useTabAction('allTabs', hasTabs ? () => showOverlay('tabs') : undefined);
  useTabAction('fullScreen', toggleFullScreen);
  useEffect(lockKeysInFullScreen, []);
  const wanted = useObservable(wantedTab);
  useEffect(() => {
    if (wanted === undefined) return;
    wantedTab.set(undefined);
    void navigate({ to: '/terminals/$tabId', params: { tabId: wanted } });
  }, [wanted, navigate]);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const found = actionOf(event, bindings);
      if (found === undefined || !isForTabs(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat && !repeatable.has(found.action)) return;
      if (found.action === 'tabByNumber') show(at(found.index));
      else runTabAction(found.action);
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  });
  return null;
}

const repeatable: ReadonlySet<TabAction> = new Set(['previousTab', 'nextTab', 'nextPane']);

/** Text fields have uses of their own for these keys, and a dialog is to be answered first. */
function isForTabs({ target }: KeyboardEvent): boolean {
  const { inField, inTerminal } = situationOf(target);
  return (!inField || inTerminal) && document.querySelector('[role="dialog"], [data-takes-keys]') === null;
}
