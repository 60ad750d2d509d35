import type { EntryDetail } from '@gatehouse/contract/entries';
import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { formatAddress, parseQuickAddress } from './address.ts';
import { EntryForm } from './form/entry-form.tsx';
import { newValues, valuesOf } from './form/values.ts';
import { jumpIds } from './match-address.ts';
import { servers, storedEntryOf, type StoredEntry } from './queries.ts';
import { canAddTo, type Location, type TreeIndex } from './tree-index.ts';

/** The form of a new server, with the location and the address of the link. */
export function NewEntryPage() {
  const { t } = useTranslation('entries');
  const search = useSearch({ from: '/shell/servers-area/servers/new' });
  const { data: index, error } = useQuery(servers);
  const toServers = <Link to="/servers">{t('title')}</Link>;
  if (index === undefined)
    return (
      <Page title={t('form.new')} breadcrumb={toServers}>
        <ProblemAlert error={error} />
      </Page>
    );
  const address = parseQuickAddress(search.address ?? '');
  const jumps = address?.jumps ?? [];
  const missing = jumps.filter((jump) => jumpIds(index, [jump]) === undefined);
  const known = missing.length === 0 ? (jumpIds(index, jumps) ?? []) : [];
  const requested = requestedLocation(index, search);
  const location = canAddTo(index, requested) ? requested : { organizationId: null, folderId: null };
  return (
    <EntryForm
      // Another location or address resets the form.
      key={JSON.stringify([search, location])}
      index={index}
      entry={undefined}
      initialValues={newValues(location, address, known)}
      missingJumps={missing.map((jump) => formatAddress(jump))}
      title={t('form.new')}
      breadcrumb={toServers}
    />
  );
}

interface RequestedLocation {
  readonly folderId?: number | undefined;
  readonly organizationId?: number | undefined;
}

function requestedLocation(index: TreeIndex, { folderId, organizationId }: RequestedLocation): Location {
  const folder = folderId === undefined ? undefined : index.folders.get(folderId)?.node;
  if (folder !== undefined) return { organizationId: folder.organizationId, folderId: folder.id };
  return { organizationId: organizationId ?? null, folderId: null };
}

/** The form of an existing server. */
export function EditEntryPage() {
  const { t } = useTranslation('entries');
  const { entryId } = useParams({ from: '/shell/servers-area/servers/$entryId/edit' });
  const { data: index } = useQuery(servers);
  const { data: stored, error, refetch } = useQuery(storedEntryOf(Number(entryId)));
  if (index === undefined || stored === undefined)
    return (
      <Page title={t('menu.edit')} breadcrumb={<Link to="/servers">{t('title')}</Link>}>
        <ProblemAlert error={error} />
      </Page>
    );
  const { result: entry } = stored;
  if (!entry.can.update) return <ReadOnly entry={entry} />;
  return <EditForm key={entry.id} index={index} stored={stored} refetch={refetch} />;
}

interface EditFormProps {
  readonly index: TreeIndex;
  /** As it is now. */
  readonly stored: StoredEntry;
  readonly refetch: UseQueryResult<StoredEntry>['refetch'];
}

function EditForm({ index, stored, refetch }: EditFormProps) {
  const { t } = useTranslation('entries');
  /** The version that is edited; others may have changed the server since. */
  const [base, setBase] = useState(stored);
  async function reload(): Promise<EntryDetail | undefined> {
    const { data } = await refetch();
    if (data !== undefined) setBase(data);
    return data?.result;
  }
  return (
    <EntryForm
      index={index}
      entry={base.result}
      etag={base.etag}
      initialValues={valuesOf(base.result)}
      title={t('menu.edit')}
      breadcrumb={<ToServer entry={stored.result} />}
      isOvertaken={stored.etag !== base.etag}
      onReload={reload}
    />
  );
}

function ToServer({ entry: { id, name } }: { readonly entry: EntryDetail }) {
  return (
    <Link to="/servers/$entryId" params={{ entryId: String(id) }}>
      {name}
    </Link>
  );
}

function ReadOnly({ entry }: { readonly entry: EntryDetail }) {
  const { t } = useTranslation('entries');
  const params = { entryId: String(entry.id) };
  return (
    <Page title={t('menu.edit')} breadcrumb={<ToServer entry={entry} />}>
      <EmptyState icon={IconLock} title={t('form.readOnly.title')} text={t('form.readOnly.text')}>
        <Button renderRoot={(props) => <Link to="/servers/$entryId" params={params} {...props} />}>
          {t('form.readOnly.back')}
        </Button>
      </EmptyState>
    </Page>
  );
}
