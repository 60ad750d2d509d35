import type { EntryDetail } from '@gatehouse/contract/entries';
import type { Identity } from '@gatehouse/contract/identities';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/chip.tsx';
import { identityList } from '../../identities/queries.ts';
import { locationName } from '../actions/locations.ts';
import type { TreeIndex } from '../tree-index.ts';
import { ConfirmLink } from './confirm-link.tsx';
import classes from './entry-page.module.css';
import { Section } from './section.tsx';

interface LinksProps {
  readonly index: TreeIndex;
  readonly entry: EntryDetail;
}

/** The identities for logins to the server, in the order in which they are offered. */
export function Links({ index, entry }: LinksProps) {
  const { t } = useTranslation('entries');
  const [confirming, setConfirming] = useState<Identity>();
  const { data: identities = [] } = useQuery(identityList);
  const find = (id: number) => identities.find((identity) => identity.id === id);
  const { links, inherited } = entry;
  const ordered = links.toSorted((one, other) => one.position - other.position);
  return (
    <Section title={t('links.title')}>
      {ordered.length === 0 && inherited === null && <p className={classes['note']}>{t('links.none')}</p>}
      <ul className={classes['list']}>
        {ordered.map(({ identityId, suspended }, position) => (
          <LinkRow
            key={identityId}
            index={index}
            id={identityId}
            identity={find(identityId)}
            mark={position === 0 ? t('links.default') : undefined}
            suspended={suspended}
            onConfirm={setConfirming}
          />
        ))}
        {inherited !== null && (
          <LinkRow
            index={index}
            id={inherited.identityId}
            identity={find(inherited.identityId)}
            mark={links.length === 0 ? t('links.default') : undefined}
            source={sourceOf(index, inherited)}
            unused={links.length > 0}
            suspended={inherited.suspended && links.length === 0}
            onConfirm={setConfirming}
          />
        )}
      </ul>
      {confirming !== undefined && (
        <ConfirmLink index={index} entry={entry} identity={confirming} onClose={() => setConfirming(undefined)} />
      )}
    </Section>
  );
}

interface Source {
  readonly from: 'folder' | 'organization';
  readonly name: string;
}

function sourceOf(index: TreeIndex, { from, id }: NonNullable<EntryDetail['inherited']>): Source {
  if (from === 'folder') return { from, name: index.folders.get(id)?.node.name ?? '' };
  return { from, name: locationName(index, { organizationId: id, folderId: null }) ?? '' };
}

interface LinkRowProps {
  readonly index: TreeIndex;
  readonly id: number;
  readonly identity: Identity | undefined;
  readonly mark: string | undefined;
  readonly source?: Source;
  readonly unused?: boolean;
  readonly suspended: boolean;
  readonly onConfirm: (identity: Identity) => void;
}

function LinkRow({ index, id, identity, mark, source, unused = false, suspended, onConfirm }: LinkRowProps) {
  const { t } = useTranslation('entries');
  if (identity === undefined) return <li className={classes['row']}>{t('notVisible', { id })}</li>;
  const { organizationId } = identity;
  const owner = locationName(index, { organizationId, folderId: null });
  return (
    <li className={classes['row']}>
      <Link to="/identities/$identityId" params={{ identityId: String(id) }} className={classes['rowName']}>
        {identity.name}
      </Link>
      <Chip tone={organizationId === null ? 'neutral' : 'org'}>{owner ?? t('mine')}</Chip>
      {mark !== undefined && <Chip tone="accent">{mark}</Chip>}
      {suspended && <Chip tone="warn">{t('links.suspended')}</Chip>}
      <span className="mono">{identity.username}</span>
      {source !== undefined && (
        <span className={classes['faint']}>
          {t(source.from === 'folder' ? 'links.fromFolder' : 'links.fromOrganization', { name: source.name })}
          {unused && `, ${t('links.notUsed')}`}
        </span>
      )}
      {suspended && (
        <div className={classes['suspended']}>
          <p style={{ margin: '0 0 10px' }}>{t('links.why')}</p>
          {identity.can.confirm ? (
            <Button variant="default" onClick={() => onConfirm(identity)}>
              {t('links.confirm')}
            </Button>
          ) : (
            t('links.askManager', { owner: owner ?? '' })
          )}
        </div>
      )}
    </li>
  );
}
