import { Button, Skeleton } from '@mantine/core';
import type { Organization } from '@gatehouse/contract/organizations';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { MemberList } from './member-list.tsx';
import { EditOrganization } from './organization-form.tsx';
import { OrganizationMenu } from './organization-menu.tsx';
import classes from './organization-page.module.css';
import { members, organization as organizationOf } from './queries.ts';
import { SharedResources } from './shared-resources.tsx';

interface OrganizationPageProps {
  /** The recent use, for members who may read its audit log. */
  readonly activity: (organization: Organization) => ReactNode;
}

/** The page of an organization: members, shared resources, recent use. */
export function OrganizationPage({ activity }: OrganizationPageProps) {
  const { t } = useTranslation('organizations');
  const { organizationId } = useParams({ from: '/shell/organizations/$organizationId' });
  const { data, error } = useQuery(organizationOf(Number(organizationId)));
  const all = <Link to="/organizations">{t('page.all')}</Link>;
  // Cached data stays while the page is open; a person who was removed meanwhile must not see it any more.
  if (problemOf(error)?.error === 'not_found') return <OrganizationNotFound breadcrumb={all} />;
  if (data === undefined)
    return (
      <Page title={t('title')} breadcrumb={all}>
        {error === null ? <Skeleton height={320} m={20} w="auto" /> : <ProblemAlert error={error} />}
      </Page>
    );
  return <Opened organization={data} breadcrumb={all} activity={activity} />;
}

function OrganizationNotFound({ breadcrumb }: { readonly breadcrumb: ReactNode }) {
  const { t } = useTranslation('organizations');
  return (
    <Page title={t('page.notFoundTitle')} breadcrumb={breadcrumb}>
      <EmptyState icon={IconUsers} title={t('page.notFoundTitle')} text={t('page.notFoundText')}>
        <Button component={Link} to="/organizations">
          {t('page.back')}
        </Button>
      </EmptyState>
    </Page>
  );
}

interface OpenedProps extends OrganizationPageProps {
  readonly organization: Organization;
  readonly breadcrumb: ReactNode;
}

function Opened({ organization, breadcrumb, activity }: OpenedProps) {
  const { t } = useTranslation('organizations');
  const [editing, setEditing] = useState(false);
  const { permissions, isOwner, name } = organization;
  const actions = (
    <>
      <Chip tone={isOwner ? 'accent' : 'neutral'}>{isOwner ? t('owner') : t('member')}</Chip>
      {permissions.includes('org.manage') && (
        <Button
          variant="default"
          onClick={() => {
            setEditing(true);
          }}
        >
          {t('page.edit')}
        </Button>
      )}
      <OrganizationMenu organization={organization} />
    </>
  );
  return (
    <Page title={name} breadcrumb={breadcrumb} actions={actions}>
      <div className={classes['root']}>
        <Introduction organization={organization} />
        <div className={classes['main']}>
          <MemberList organization={organization} />
        </div>
        <div className={classes['side']}>
          <SharedResources organization={organization} />
          {permissions.includes('org.audit.view') && activity(organization)}
        </div>
      </div>
      {editing && (
        <EditOrganization
          organization={organization}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </Page>
  );
}

/** The purpose of the organization and, for members who cannot change it, who can. */
function Introduction({ organization }: { readonly organization: Organization }) {
  const { t } = useTranslation('organizations');
  const { data } = useQuery(members(organization.id));
  const owner = data?.find(({ role }) => role === 'owner');
  const governs = organization.permissions.some((permission) => permission.startsWith('org.'));
  if (organization.description === null && governs) return null;
  return (
    <div className={classes['introduction']}>
      {organization.description !== null && <p>{organization.description}</p>}
      {!governs && owner !== undefined && (
        <p className={classes['note']}>{t('page.readOnly', { owner: owner.name })}</p>
      )}
    </div>
  );
}
