import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import type { BulkOutcome } from './changes.ts';

/** Tells of identities that an act on several did not reach, and why. */
export function useTellFailures(): (outcome: BulkOutcome) => void {
  const { t } = useTranslation(['identities', 'app']);
  return ({ failed }) => {
    const [first] = failed;
    if (first === undefined) return;
    const message = problemOf(first.error)?.message ?? t('app:problem.unreachable');
    notifications.show({
      color: 'red',
      autoClose: false,
      title: t('bulk.failed', { count: failed.length }),
      message: t('bulk.failedText', { name: first.identity.name, message }),
    });
  };
}
