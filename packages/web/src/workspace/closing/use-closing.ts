import { useNavigate, useParams } from '@tanstack/react-router';
import i18next from 'i18next';
import { observable } from '../../lib/observable.ts';
import { offerUndo } from '../../ui/notice.tsx';

import { useReopen } from '../commands.ts';
import { focusPanes } from '../focus-panes.ts';
import { shownNameOf } from '../names.ts';
import { workspace } from '../store.ts';
import { close, riskOf, tabAfter, type CloseRisk, type ToClose } from './close.ts';
import { parkMs } from './parked.ts';

/** What the person has asked to close and has to confirm. */
export const pendingClose = observable<{ readonly toClose: ToClose; readonly risk: CloseRisk } | undefined>(undefined);

interface Closing {
  /** Closes tabs or a pane, after a confirmation where that is needed. */
  readonly request: (toClose: ToClose) => void;
  /** Closes them at once. */
  readonly closeNow: (toClose: ToClose) => void;
}

/** Closes tabs and panes: shows the next tab, and offers to undo it. */
export function useClosing(): Closing {
  const navigate = useNavigate();
  const reopen = useReopen();
  const { tabId: shownId } = useParams({ strict: false });
  function closeNow(toClose: ToClose): void {
    const next = shownId === undefined ? undefined : tabAfter(toClose, shownId);
    const words = wordsOf(toClose);
    if (close(toClose)) offerUndo('workspace.closed', words, reopen, parkMs);
    if (shownId !== undefined && next !== shownId)
      void (next === undefined
        ? navigate({ to: '/servers' })
        : navigate({ to: '/terminals/$tabId', params: { tabId: next } }));
    focusPanes(next);
  }
  return {
    closeNow,
    request(toClose) {
      const risk = riskOf(toClose);
      if (risk === undefined) closeNow(toClose);
      else pendingClose.set({ toClose, risk });
    },
  };
}

function wordsOf(toClose: ToClose): string {
  const { tabs } = workspace.get();
  if ('paneId' in toClose) {
    const pane = tabs.flatMap(({ panes }) => panes).find(({ id }) => id === toClose.paneId);
    return i18next.t('workspace:closed.one', { name: pane?.target.name ?? '' });
  }
  const closed = tabs.filter(({ id }) => toClose.tabIds.includes(id));
  const [tab] = closed;
  if (closed.length === 1 && tab !== undefined)
    return i18next.t('workspace:closed.one', { name: shownNameOf(tab, tabs) });
  return i18next.t('workspace:closed.tabs', { count: closed.length });
}
