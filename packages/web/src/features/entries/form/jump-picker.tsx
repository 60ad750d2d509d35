import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { locationName } from '../actions/locations.ts';
import { formatAddress } from '../address.ts';
import { locationOf, type TreeIndex } from '../tree-index.ts';
import { OrderedPicker, type Picked } from './ordered-picker.tsx';

interface JumpPickerProps {
  readonly index: TreeIndex;
  /** The server itself, which cannot be its own jump host. */
  readonly entryId: number | undefined;
  readonly ids: readonly number[];
  readonly error?: ReactNode;
  readonly onChange: (ids: number[]) => void;
}

/** The jump hosts of a server, in order. */
export function JumpPicker({ index, entryId, ids, error, onChange }: JumpPickerProps) {
  const { t } = useTranslation('entries');
  const picked = ids.map((id): Picked => {
    const entry = index.entries.get(id)?.entry;
    if (entry === undefined) return { id, name: t('notVisible', { id }) };
    const address = formatAddress({ host: entry.ip, port: entry.config.port, username: undefined }, 22);
    return { id, name: entry.name, detail: <span className="mono">{address}</span> };
  });
  const candidates = [...index.entries.values()]
    .map(({ entry }) => entry)
    .filter(({ id, protocol }) => protocol === 'ssh' && id !== entryId && !ids.includes(id));
  const groups = Object.groupBy(candidates, (entry) => locationName(index, locationOf(entry)) ?? t('mine'));
  const options = Object.entries(groups).map(([group, entries = []]) => ({
    group,
    items: entries.map(({ id, name, ip }) => ({ value: String(id), label: name === ip ? name : `${name} (${ip})` })),
  }));
  return (
    <OrderedPicker
      title={t('form.jumpHosts')}
      hint={t('form.jumpHostsHint')}
      empty={t('form.jumpHostsEmpty')}
      picked={picked}
      options={options}
      addLabel={t('form.addJumpHost')}
      nothingFound={t('form.noMoreJumpHosts')}
      error={error}
      onChange={onChange}
    />
  );
}
