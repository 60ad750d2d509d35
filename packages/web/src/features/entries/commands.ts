import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { openAll, openTab, useOpenBeside, type PaneContent } from '../../workspace/commands.ts';

/** A server to log in to; without an identity, the server's default is used. */
export interface ServerTarget {
  readonly entryId: number;
  readonly name: string;
  readonly identityId?: number;
}

/** The pane that shows a terminal on a server. */
export function terminalOn(target: ServerTarget): PaneContent {
  return { kind: 'terminal', target };
}

/** Opens a terminal on a server and shows it. */
export function useConnect(): (target: ServerTarget) => void {
  const navigate = useNavigate();
  return useCallback(
    (target) => {
      void navigate({ to: '/terminals/$tabId', params: { tabId: openTab(terminalOn(target)) } });
    },
    [navigate],
  );
}

/** Opens a terminal on each server, and shows the first. */
export function useConnectAll(): (targets: readonly ServerTarget[]) => void {
  const navigate = useNavigate();
  return (targets) => {
    const tabId = openAll(targets.map(terminalOn));
    if (tabId !== undefined) void navigate({ to: '/terminals/$tabId', params: { tabId } });
  };
}

/** Opens a terminal beside the current pane; undefined without a pane, or without room for another. */
export function useConnectBeside(): ((target: ServerTarget) => void) | undefined {
  const { tabId } = useParams({ strict: false });
  const open = useOpenBeside(tabId);
  return (
    open &&
    ((target) => {
      open(terminalOn(target));
    })
  );
}
