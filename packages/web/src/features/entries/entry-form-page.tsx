import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { formatAddress, parseQuickAddress } from './address.ts';
import { EntryForm } from './form/entry-form.tsx';
import { newValues, valuesOf } from './form/values.ts';
import { jumpIds } from './match-address.ts';
import { entryOf, servers, useManages } from './queries.ts';
import type { Place, TreeIndex } from './tree-index.ts';

/** The form of a new server, at the place and with the address that led here. */
export function NewEntryPage() {
  const { t } = useTranslation('entries');
  const search = useSearch({ from: '/shell/servers-area/servers/new' });
  const { data: index, error } = useQuery(servers);
  const manages = useManages();
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
  const wished = wishedPlace(index, search);
  const place = manages(wished.organizationId) ? wished : { organizationId: null, folderId: null };
  return (
    <EntryForm
      // Another place or address is another form, and rights that come late may change the place.
      key={JSON.stringify([search, place])}
      index={index}
      entry={undefined}
      initialValues={newValues(place, address, known)}
      missingJumps={missing.map((jump) => formatAddress(jump))}
      title={t('form.new')}
      breadcrumb={toServers}
    />
  );
}

interface WishedPlace {
  readonly folderId?: number | undefined;
  readonly organizationId?: number | undefined;
}

function wishedPlace(index: TreeIndex, { folderId, organizationId }: WishedPlace): Place {
  const folder = folderId === undefined ? undefined : index.folders.get(folderId)?.node;
  if (folder !== undefined) return { organizationId: folder.organizationId, folderId: folder.id };
  return { organizationId: organizationId ?? null, folderId: null };
}

/** The form of a server that there is. */
export function EditEntryPage() {
  const { t } = useTranslation('entries');
  const { entryId } = useParams({ from: '/shell/servers-area/servers/$entryId/edit' });
  const { data: index } = useQuery(servers);
  const { data: entry, error } = useQuery(entryOf(Number(entryId)));
  if (index === undefined || entry === undefined)
    return (
      <Page title={t('menu.edit')} breadcrumb={<Link to="/servers">{t('title')}</Link>}>
        <ProblemAlert error={error} />
      </Page>
    );
  return (
    <EntryForm
      key={entry.id}
      index={index}
      entry={entry}
      initialValues={valuesOf(entry)}
      title={t('menu.edit')}
      breadcrumb={
        <Link to="/servers/$entryId" params={{ entryId }}>
          {entry.name}
        </Link>
      }
    />
  );
}
