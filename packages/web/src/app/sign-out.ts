import { useCallback } from 'react';
import { signOutHere } from '../features/auth/commands.ts';

/** Signs this browser out; says so where the server could not be reached. */
export function useSignOut(): () => void {
  return useCallback(() => {
    signOutHere().catch(async (error: unknown) => {
      const { tellProblem } = await import('../ui/notice.tsx');
      tellProblem(error);
    });
  }, []);
}
