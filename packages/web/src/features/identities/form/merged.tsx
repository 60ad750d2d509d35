import type { Organization } from '@gatehouse/contract/organizations';
import { useTranslation } from 'react-i18next';
import type { FieldConflict } from '../../../lib/merge-changes.ts';
import { MergedChanges } from '../../../ui/changed-meanwhile.tsx';
import { conflictText, valueAt } from '../../../ui/conflict-text.ts';
import type { IdentityFormValues } from './values.ts';

/** The labels of the fields that are not secret; those of a secret are never the same to compare. */
const labels = {
  name: 'form.name',
  username: 'form.username',
  organizationId: 'form.who',
  keyMethod: 'form.key',
  passwordMethod: 'form.password',
} as const;

interface MergedProps {
  readonly targets: readonly Organization[];
  readonly values: IdentityFormValues;
  readonly conflicts: readonly FieldConflict[];
  readonly merge: { readonly take: (path: string) => void; readonly close: () => void };
}

/** What two people have changed in the same identity, after the changes of one were applied to those of the other. */
export function Merged({ targets, values, conflicts, merge }: MergedProps) {
  const { t } = useTranslation('identities');
  const { t: tApp } = useTranslation('app');
  const text = (path: string, value: unknown): string => {
    if (path === 'organizationId') return targets.find(({ id }) => id === value)?.name ?? conflictText(value, tApp);
    return path in methods ? tApp('merge.changed') : conflictText(value, tApp);
  };
  const shown = conflicts.map(({ path, theirs }) => ({
    path,
    label: path in labels ? t(labels[path as keyof typeof labels]) : path,
    mine: text(path, valueAt(values, path)),
    theirs: text(path, theirs),
  }));
  return <MergedChanges conflicts={shown} onTake={merge.take} onClose={merge.close} />;
}

const methods = { keyMethod: true, passwordMethod: true };
