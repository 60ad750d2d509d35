import { useTranslation } from 'react-i18next';
import { notifyProblem } from '../../ui/notice.tsx';
import type { BulkOutcome } from './changes.ts';

/** Reports the identities for which a bulk action failed, and why. */
export function useReportFailures(): (outcome: BulkOutcome) => void {
  const { t } = useTranslation('identities');
  return ({ failed }) => {
    const [first] = failed;
    if (first !== undefined)
      notifyProblem(first.error, t('bulk.failed', { count: failed.length, name: first.identity.name }));
  };
}
