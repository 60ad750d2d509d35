import type { Organization } from '@gatehouse/contract/organizations';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notice.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Consequences } from './consequences.tsx';
import { useRemoveMember, type Member } from './queries.ts';

interface RemoveMemberProps {
  readonly organization: Organization;
  readonly member: Member;
  readonly onClose: () => void;
}

/** Asks before a member is removed or an invitation withdrawn. */
export function RemoveMember({ organization, member, onClose }: RemoveMemberProps) {
  const { t } = useTranslation('organizations');
  const { mutate, isPending, error } = useRemoveMember(organization.id);
  const { name } = member;
  const isInvited = member.status === 'pending';
  return (
    <Confirm
      title={
        isInvited ? t('remove.withdrawTitle', { name }) : t('remove.title', { name, organization: organization.name })
      }
      act={isInvited ? t('remove.withdrawAct') : t('remove.act', { name })}
      error={error}
      busy={isPending}
      onClose={onClose}
      onConfirm={() => {
        mutate(member.accountId, {
          onSuccess: () => {
            notify(t(isInvited ? 'remove.withdrawn' : 'remove.done', { name }));
            onClose();
          },
        });
      }}
    >
      <Consequences
        items={
          isInvited
            ? [t('remove.withdrawText', { name })]
            : [
                t('remove.sees', { name }),
                t('remove.sessions', { name }),
                t('remove.links', { name }),
                t('remove.keeps', { name }),
              ]
        }
      />
    </Confirm>
  );
}
