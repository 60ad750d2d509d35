import type { Organization } from '@gatehouse/contract/organizations';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../ui/confirm.tsx';
import { Consequences } from './consequences.tsx';
import { useEndMembership } from './queries.ts';

interface LeaveProps {
  readonly organization: Organization;
  readonly onClose: () => void;
}

/** Asks a member before he leaves. */
export function LeaveOrganization({ organization, onClose }: LeaveProps) {
  const { t } = useTranslation('organizations');
  const navigate = useNavigate();
  const { mutate, isPending, error } = useEndMembership(organization.id, 'leave');
  const words = { organization: organization.name };
  return (
    <Confirm
      title={t('leave.title', words)}
      act={t('leave.act', words)}
      error={error}
      busy={isPending}
      onClose={onClose}
      onConfirm={() => {
        mutate(undefined, {
          onSuccess: () => {
            notifications.show({ message: t('leave.done', words) });
            void navigate({ to: '/organizations' });
          },
        });
      }}
    >
      <Consequences items={[t('leave.sees'), t('leave.sessions'), t('leave.links'), t('leave.back')]} />
    </Confirm>
  );
}
