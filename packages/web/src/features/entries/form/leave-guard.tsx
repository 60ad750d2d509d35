import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm.tsx';

/** Asks before the person leaves a screen with unsaved changes; `isDirty` is called at that moment. */
export function LeaveGuard({ isDirty }: { readonly isDirty: () => boolean }) {
  const { t } = useTranslation('entries');
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true });
  if (blocker.status !== 'blocked') return null;
  return (
    <Confirm
      title={t('form.leave.title')}
      act={t('form.leave.act')}
      onConfirm={blocker.proceed}
      onClose={blocker.reset}
    >
      {t('form.leave.text')}
    </Confirm>
  );
}
