import { useTranslation } from 'react-i18next';
import type { FieldConflict } from '../../../lib/merge-changes.ts';
import { MergedChanges } from '../../../ui/changed-meanwhile.tsx';
import { conflictText, valueAt } from '../../../ui/conflict-text.ts';
import { locationName } from '../actions/locations.ts';
import type { TreeIndex } from '../tree-index.ts';
import type { EntryValues } from './values.ts';

/** The labels of the fields, by path. */
const labels = {
  name: 'form.name',
  location: 'form.location',
  icon: 'form.icon',
  identities: 'form.identities',
  'config.ip': 'form.host',
  'config.port': 'form.port',
  'config.username': 'form.username',
  'config.jumpHosts': 'form.jumpHosts',
  'config.hostKeyPolicy': 'form.policy',
  'config.legacyAlgorithms': 'form.legacy',
  'config.term': 'form.term',
  'config.locale': 'form.locale',
  'config.backspace': 'form.backspace',
  'config.charset': 'form.charset',
  'config.notes': 'form.notes',
} as const;

interface MergedProps {
  readonly index: TreeIndex;
  readonly values: EntryValues;
  readonly conflicts: readonly FieldConflict[];
  readonly merge: { readonly take: (path: string) => void; readonly close: () => void };
}

/** What two people have changed in the same server, after the changes of one were applied to those of the other. */
export function Merged({ index, values, conflicts, merge }: MergedProps) {
  const { t } = useTranslation('entries');
  const { t: tApp } = useTranslation('app');
  const text = (path: string, value: unknown): string => {
    if (path === 'location') return locationName(index, value as EntryValues['location']) ?? t('mine');
    if (path === 'config.jumpHosts' && Array.isArray(value) && value.length > 0)
      return value.map((id: number) => index.entries.get(id)?.entry.name ?? `#${id}`).join(', ');
    return conflictText(value, tApp);
  };
  const shown = conflicts.map(({ path, theirs }) => ({
    path,
    label: path in labels ? t(labels[path as keyof typeof labels]) : path,
    mine: text(path, valueAt(values, path)),
    theirs: text(path, theirs),
  }));
  return <MergedChanges conflicts={shown} onTake={merge.take} onClose={merge.close} />;
}
