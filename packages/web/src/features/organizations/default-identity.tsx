import { Select } from '@mantine/core';
import type { Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import { useTranslation } from 'react-i18next';
import { DefaultRow } from './default-row.tsx';
import { useUpdateOrganization } from './queries.ts';
import classes from './shared-resources.module.css';
import { describedByText } from '../../ui/described-by.ts';
import { offerUndo } from '../../ui/notice.tsx';

interface DefaultIdentityProps {
  readonly organization: Organization;
  readonly identities: readonly Identity[];
}

/** The identity for servers without one of their own; set by members who manage the organization and its identities. */
export function DefaultIdentity({ organization, identities }: DefaultIdentityProps) {
  const { t } = useTranslation('organizations');
  const { mutate, error, isPending } = useUpdateOrganization(organization.id);
  const { defaultIdentityId, permissions } = organization;
  const mayChoose = permissions.includes('org.manage') && permissions.includes('identities.manage');
  const nameOf = (id: number | null) => identities.find((identity) => identity.id === id)?.name;
  function choose(id: number | null): void {
    mutate(
      { defaultIdentityId: id },
      {
        onSuccess: () => {
          const name = nameOf(id);
          const message = name === undefined ? t('shares.defaultCleared') : t('shares.defaultSaved', { name });
          offerUndo('default-identity', message, () => {
            mutate({ defaultIdentityId });
          });
        },
      },
    );
  }
  return (
    <DefaultRow label={t('shares.default')} hint={t('shares.defaultIs')} error={error}>
      {(hintId) =>
        mayChoose ? (
          <Select
            className={classes['picker'] ?? ''}
            aria-label={t('shares.default')}
            {...describedByText(hintId)}
            data={identities.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={defaultIdentityId === null ? null : String(defaultIdentityId)}
            placeholder={t('shares.noDefault')}
            onChange={(value) => {
              choose(value === null ? null : Number(value));
            }}
            clearable
            searchable
            disabled={isPending}
          />
        ) : (
          <span>{nameOf(defaultIdentityId) ?? t('shares.noDefault')}</span>
        )
      }
    </DefaultRow>
  );
}
