import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { openTerminal, type TerminalTarget } from '../sessions/commands.ts';

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
