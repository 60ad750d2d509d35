import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { signOutHere } from '../features/auth/commands.ts';
import { liveSessions } from '../features/sessions/queries.ts';
import { leave } from './sign-in-end.ts';
import { showOverlay } from './shell/overlay.ts';

/** Signs this browser out; shows an error if the server cannot be reached. */
export async function signOutNow(): Promise<void> {
  leave();
  try {
    await signOutHere();
  } catch (error) {
    leave(true);
    const { notifyProblem } = await import('../ui/notice.tsx');
    notifyProblem(error);
  }
}

/** Returns a function that signs this browser out; while sessions run, only after a confirmation. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    void hasLiveSessions(client).then((asks) => {
      if (asks) showOverlay('sign-out');
      else void signOutNow();
    });
  }, [client]);
}

/** An error of this request is an error of the sign-out, too, which shows it. */
async function hasLiveSessions(client: QueryClient): Promise<boolean> {
  try {
    return (await client.query({ ...liveSessions, retry: false })).length > 0;
  } catch {
    return false;
  }
}
