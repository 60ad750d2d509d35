import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm.tsx';

/** Asks before unsaved values are lost: by a link, the Back button or closing the page. */
export function LeaveGuard({ unsaved }: { readonly unsaved: () => boolean }) {
  const { t } = useTranslation('identities');
  const blocker = useBlocker({ shouldBlockFn: unsaved, enableBeforeUnload: unsaved, withResolver: true });
  if (blocker.status !== 'blocked') return null;
  return (
    <Confirm title={t('form.leaveTitle')} act={t('form.leave')} onConfirm={blocker.proceed} onClose={blocker.reset}>
      {t('form.leaveText')}
    </Confirm>
  );
}
