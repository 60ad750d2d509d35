import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { guardFocus } from '../../ui/focus-guard.ts';

/** Keeps the keyboard where it was on every screen. */
export function Focus(): null {
  const client = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    const guard = guardFocus();
    const unsubscribe = [
      client.getMutationCache().subscribe(guard.check),
      router.subscribe('onRendered', ({ pathChanged }) => {
        if (pathChanged) guard.startPage();
      }),
    ];
    return () => {
      guard.end();
      for (const end of unsubscribe) end();
    };
  }, [client, router]);
  return null;
}
