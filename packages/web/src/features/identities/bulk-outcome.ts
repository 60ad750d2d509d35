import { useTranslation } from 'react-i18next';
import { tellProblem } from '../../ui/notice.tsx';
import type { BulkOutcome } from './changes.ts';

/** Tells of identities that an act on several did not reach, and why. */
export function useTellFailures(): (outcome: BulkOutcome) => void {
  const { t } = useTranslation('identities');
  return ({ failed }) => {
    const [first] = failed;
    if (first !== undefined)
      tellProblem(first.error, t('bulk.failed', { count: failed.length, name: first.identity.name }));
  };
}
