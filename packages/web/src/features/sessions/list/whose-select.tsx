import type { Organization } from '@gatehouse/contract/organizations';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The organizations whose members' sessions the person sees and ends. */
export function whereSupervising(organizations: readonly Organization[]): readonly Organization[] {
  return organizations.filter(({ permissions }) => permissions.includes('org.members.manage'));
}

interface WhoseSelectProps {
  readonly organizations: readonly Organization[];
  /** Undefined: the person's own sessions. */
  readonly organizationId: number | undefined;
  readonly onChange: (organizationId: number | undefined) => void;
}

const own = 'own';

/** Chooses between the person's own sessions and those of the members of an organization. */
export function WhoseSelect({ organizations, organizationId, onChange }: WhoseSelectProps) {
  const { t } = useTranslation('sessions');
  const members = organizations.map(({ id, name }) => ({ value: String(id), label: t('list.ofMembers', { name }) }));
  return (
    <Select
      size="xs"
      w={220}
      aria-label={t('list.whose')}
      data={[{ value: own, label: t('list.own') }, ...members]}
      value={organizationId === undefined ? own : String(organizationId)}
      onChange={(value) => {
        onChange(value === null || value === own ? undefined : Number(value));
      }}
      allowDeselect={false}
    />
  );
}
