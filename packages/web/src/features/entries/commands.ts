import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { openTerminal, useOpenBeside, type TerminalTarget } from '../sessions/commands.ts';

/** Opens a terminal on a server and shows it. */
export function useConnect(): (target: TerminalTarget) => void {
  const navigate = useNavigate();
  return useCallback(
    (target) => {
      void navigate({ to: '/terminals/$tabId', params: { tabId: openTerminal(target) } });
    },
    [navigate],
  );
}

/** Opens a terminal on a server beside the one that is shown; undefined where none is, or no room for another. */
export function useConnectBeside(): ((target: TerminalTarget) => void) | undefined {
  const { tabId } = useParams({ strict: false });
  return useOpenBeside(tabId);
}
