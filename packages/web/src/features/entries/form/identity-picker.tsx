import type { Identity } from '@gatehouse/contract/identities';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/chip.tsx';
import { identityList } from '../../identities/queries.ts';
import { organizationList } from '../../organizations/queries.ts';
import { OrderedPicker, type Picked } from './ordered-picker.tsx';

interface PickerProps {
  readonly ids: readonly number[];
  readonly error?: ReactNode;
  readonly onChange: (ids: number[]) => void;
}

/** The identities of a server, in the order in which they are offered. */
export function IdentityPicker({ ids, error, onChange }: PickerProps) {
  const { t } = useTranslation('entries');
  const { data: identities = [] } = useQuery(identityList);
  const { data: organizations = [] } = useQuery(organizationList);
  const ownerOf = ({ organizationId }: Identity) =>
    organizationId === null ? t('mine') : (organizations.find(({ id }) => id === organizationId)?.name ?? '');
  const picked = ids.map((id): Picked => {
    const identity = identities.find((candidate) => candidate.id === id);
    if (identity === undefined) return { id, name: t('notVisible', { id }) };
    const tone = identity.organizationId === null ? 'neutral' : 'org';
    return {
      id,
      name: identity.name,
      detail: (
        <>
          <Chip tone={tone}>{ownerOf(identity)}</Chip> <span className="mono">{identity.username}</span>
        </>
      ),
    };
  });
  const groups = Object.groupBy(
    identities.filter(({ id }) => !ids.includes(id)),
    ownerOf,
  );
  const options = Object.entries(groups).map(([group, items = []]) => ({
    group,
    items: items.map(({ id, name, username }) => ({
      value: String(id),
      label: username === null ? name : `${name} (${username})`,
    })),
  }));
  return (
    <OrderedPicker
      title={t('form.identities')}
      hint={t('form.identitiesHint')}
      empty={t('form.identitiesEmpty')}
      firstMark={<Chip tone="accent">{t('form.default')}</Chip>}
      picked={picked}
      options={options}
      addLabel={t('form.addIdentity')}
      nothingFound={t('form.noMoreIdentities')}
      error={error}
      onChange={onChange}
    />
  );
}
