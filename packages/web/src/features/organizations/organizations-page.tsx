import { Button } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { InvitationList } from './invitation-list.tsx';
import { NewOrganization } from './organization-form.tsx';
import { OrganizationList } from './organization-list.tsx';
import classes from './organizations-page.module.css';
import { invitations, organizationList } from './queries.ts';

/** The organizations of the person, below the pending invitations. */
export function OrganizationsPage() {
  const { t } = useTranslation('organizations');
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const list = useQuery(organizationList);
  const waiting = useQuery(invitations).data ?? [];
  const create = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => {
        setCreating(true);
      }}
    >
      {t('new')}
    </Button>
  );
  const isEmpty = list.data?.length === 0;
  return (
    <Page title={t('title')} count={list.data?.length} actions={isEmpty ? undefined : create}>
      <div className={classes['root']}>
        <ProblemAlert error={list.error} />
        {waiting.length > 0 && <InvitationList invitations={waiting} />}
        {isEmpty && (
          <EmptyState icon={IconUsers} title={t('empty.title')} text={t('empty.text')}>
            {create}
          </EmptyState>
        )}
        {list.data !== undefined && !isEmpty && <OrganizationList organizations={list.data} />}
      </div>
      {creating && (
        <NewOrganization
          onDone={({ id }) =>
            void navigate({ to: '/organizations/$organizationId', params: { organizationId: String(id) } })
          }
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </Page>
  );
}
