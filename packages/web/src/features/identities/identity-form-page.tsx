import { createIdentity, updateIdentity, type Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import { Button, Loader } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { organizationList } from '../organizations/queries.ts';
import { useCreateIdentity, useUpdateIdentity } from './changes.ts';
import { bodyOfChange, bodyOfNew } from './form/values.ts';
import { IdentityForm } from './form/identity-form.tsx';
import { identityOf, type StoredIdentity } from './queries.ts';
import { whereManaging } from './rights.ts';

/** The page that creates an identity. */
export function NewIdentityPage() {
  const { t } = useTranslation('identities');
  const { data: organizations, error } = useQuery(organizationList);
  const create = useCreateIdentity();
  const show = useShowIdentity();
  if (organizations === undefined) return <Waiting title={t('form.newTitle')} error={error} />;
  return (
    <IdentityForm
      title={t('form.newTitle')}
      before={undefined}
      targets={whereManaging(organizations)}
      busy={create.isPending}
      onSave={async (values) => (await create.mutateAsync(createIdentity.body.parse(bodyOfNew(values)))).id}
      onDone={show}
    />
  );
}

/** The page that changes an identity. */
export function EditIdentityPage() {
  const { t } = useTranslation('identities');
  const { identityId = '' } = useParams({ strict: false });
  const stored = useQuery(identityOf(Number(identityId)));
  const { data: organizations, error } = useQuery(organizationList);
  const title = t('form.editTitle');
  if (stored.data === undefined || organizations === undefined)
    return <Waiting title={title} error={stored.error ?? error} />;
  if (!stored.data.result.can.update)
    return (
      <Page title={title} breadcrumb={<ToList />}>
        <EmptyState icon={IconLock} title={t('form.readOnlyTitle')} text={t('form.readOnlyText')}>
          <Button renderRoot={(props) => <Link to="/identities/$identityId" params={{ identityId }} {...props} />}>
            {t('form.back')}
          </Button>
        </EmptyState>
      </Page>
    );
  return <EditForm stored={stored.data} refetch={stored.refetch} organizations={organizations} />;
}

interface EditFormProps {
  /** As it is now. */
  readonly stored: StoredIdentity;
  readonly refetch: UseQueryResult<StoredIdentity>['refetch'];
  readonly organizations: readonly Organization[];
}

function EditForm({ stored, refetch, organizations }: EditFormProps) {
  const { t } = useTranslation('identities');
  /** The version that is edited; others may have changed the identity since. */
  const [base, setBase] = useState(stored);
  const { result: before, etag } = base;
  const update = useUpdateIdentity(before.id, etag);
  const show = useShowIdentity();
  const overtaken =
    problemOf(update.error)?.error === 'precondition_failed' ||
    (stored.etag !== etag && !update.isPending && !update.isSuccess);
  async function reload(): Promise<Identity | undefined> {
    const { data } = await refetch();
    update.reset();
    if (data !== undefined) setBase(data);
    return data?.result;
  }
  return (
    <IdentityForm
      title={t('form.editTitle')}
      before={before}
      targets={whereManaging(organizations)}
      busy={update.isPending}
      isOvertaken={overtaken}
      onReload={reload}
      onSave={async (values) => {
        await update.mutateAsync(updateIdentity.body.parse(bodyOfChange(values, before)));
        return before.id;
      }}
      onDone={show}
    />
  );
}

/** Returns to the list, with the details of the identity if it exists. */
function useShowIdentity(): (id: number | undefined) => void {
  const navigate = useNavigate();
  return (id) => {
    if (id === undefined) void navigate({ to: '/identities' });
    else void navigate({ to: '/identities/$identityId', params: { identityId: String(id) } });
  };
}

function ToList() {
  const { t } = useTranslation('identities');
  return <Link to="/identities">{t('title')}</Link>;
}

function Waiting({ title, error }: { readonly title: string; readonly error: unknown }): ReactNode {
  return (
    <Page title={title} breadcrumb={<ToList />}>
      {error === null ? <Loader size="sm" m={28} /> : <ProblemAlert error={error} />}
    </Page>
  );
}
