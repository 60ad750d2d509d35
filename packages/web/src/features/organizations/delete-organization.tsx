import type { Organization } from '@gatehouse/contract/organizations';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notice.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Consequences } from './consequences.tsx';
import { members, sharedIdentities, useEndMembership } from './queries.ts';
import { sharedServers } from './shared-servers.ts';
import { countServers } from './folder-groups.ts';

interface DeleteProps {
  readonly organization: Organization;
  readonly onClose: () => void;
}

/** Asks the owner before an organization is deleted with everything that belongs to it. */
export function DeleteOrganization({ organization, onClose }: DeleteProps) {
  const { t } = useTranslation('organizations');
  const navigate = useNavigate();
  const { id, name } = organization;
  const { mutate, isPending, error } = useEndMembership(id, 'delete', async () => {
    notify(t('delete.done', { organization: name }));
    await navigate({ to: '/organizations' });
  });
  const identities = useQuery(sharedIdentities(id)).data;
  const servers = useQuery(sharedServers(id)).data;
  const others = (useQuery(members(id)).data?.length ?? 1) - 1;
  const consequences = [
    ...(identities === undefined ? [] : [t('delete.identities', { count: identities.length })]),
    ...(servers === undefined ? [] : [t('delete.servers', { count: countServers(servers) })]),
    ...(others === 0 ? [] : [t('delete.members', { count: others })]),
    t('delete.stays'),
  ];
  return (
    <Confirm
      title={t('delete.title', { organization: name })}
      act={t('delete.act')}
      typed={name}
      error={error}
      busy={isPending}
      onClose={onClose}
      onConfirm={() => {
        mutate();
      }}
    >
      <Consequences items={consequences} />
    </Confirm>
  );
}
