import { useCallback } from 'react';
import { signOutHere } from '../features/auth/commands.ts';

/** Signs this browser out; shows an error if the server cannot be reached. */
export function useSignOut(): () => void {
  return useCallback(() => {
    signOutHere().catch(async (error: unknown) => {
      const { notifyProblem } = await import('../ui/notice.tsx');
      notifyProblem(error);
    });
  }, []);
}
