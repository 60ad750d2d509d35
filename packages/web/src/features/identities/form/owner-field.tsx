import type { Organization } from '@gatehouse/contract/organizations';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { members } from '../../organizations/queries.ts';

const mine = 'mine';

interface OwnerFieldProps {
  /** The organizations that the person may select. */
  readonly targets: readonly Organization[];
  /** The organization that owns it already: a shared identity cannot become personal again. */
  readonly shared: number | null;
  readonly value: number | null;
  readonly error: ReactNode;
  readonly onChange: (organizationId: number | null) => void;
}

/** Selects the owner of an identity, and explains who can use it. */
export function OwnerField({ targets, shared, value, error, onChange }: OwnerFieldProps) {
  const { t } = useTranslation('identities');
  return (
    <Select
      label={t('form.who')}
      data={[
        { value: mine, label: t('scope.mine'), disabled: shared !== null },
        ...targets.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      value={value === null ? mine : String(value)}
      onChange={(chosen) => onChange(chosen === null || chosen === mine ? null : Number(chosen))}
      allowDeselect={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={
        <Who organization={targets.find(({ id }) => id === value)} moved={value !== shared && shared !== null} />
      }
      error={error}
    />
  );
}

interface WhoProps {
  readonly organization: Organization | undefined;
  /** Whether others lose access. */
  readonly moved: boolean;
}

function Who({ organization, moved }: WhoProps) {
  const { t } = useTranslation('identities');
  const { data } = useQuery({ ...members(organization?.id ?? 0), enabled: organization !== undefined });
  if (organization === undefined) return t('form.onlyYou');
  const count = data?.filter(({ status }) => status === 'active').length;
  const words =
    count === undefined ? t('form.everyone', { organization: organization.name }) : t('form.members', { count });
  return moved ? `${words} ${t('form.othersLose')}` : words;
}
