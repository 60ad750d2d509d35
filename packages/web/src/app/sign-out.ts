import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { signOutHere } from '../features/auth/commands.ts';

/** Signs this browser out; says so where the server could not be reached. */
export function useSignOut(): () => void {
  const { t } = useTranslation();
  return useCallback(() => {
    signOutHere().catch(async () => {
      const { notifications } = await import('@mantine/notifications');
      notifications.show({ color: 'red', message: t('problem.unreachable') });
    });
  }, [t]);
}
