import type { Organization } from '@gatehouse/contract/organizations';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notice.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Consequences } from './consequences.tsx';
import { useEndMembership } from './queries.ts';

interface LeaveProps {
  readonly organization: Organization;
  readonly onClose: () => void;
}

/** Asks a member before they leave. */
export function LeaveOrganization({ organization, onClose }: LeaveProps) {
  const { t } = useTranslation('organizations');
  const navigate = useNavigate();
  const words = { organization: organization.name };
  const { mutate, isPending, error } = useEndMembership(organization.id, 'leave', async () => {
    notify(t('leave.done', words));
    await navigate({ to: '/organizations' });
  });
  return (
    <Confirm
      title={t('leave.title', words)}
      act={t('leave.act', words)}
      error={error}
      busy={isPending}
      onClose={onClose}
      onConfirm={() => {
        mutate();
      }}
    >
      <Consequences items={[t('leave.sees'), t('leave.sessions'), t('leave.links'), t('leave.back')]} />
    </Confirm>
  );
}
