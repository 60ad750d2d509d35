import { hostKeyPolicySchema, type HostKeyPolicy } from '@gatehouse/contract/entry-config';
import type { Organization } from '@gatehouse/contract/organizations';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { describedByText } from '../../ui/described-by.ts';
import { offerUndo } from '../../ui/notice.tsx';
import { DefaultRow } from './default-row.tsx';
import { useUpdateOrganization } from './queries.ts';
import classes from './shared-resources.module.css';

/** The host-key policy of servers without one of their own; set by members who manage the organization and its servers. */
export function OrganizationPolicy({ organization }: { readonly organization: Organization }) {
  const { t } = useTranslation(['organizations', 'entries']);
  const { mutate, error, isPending } = useUpdateOrganization(organization.id);
  const { hostKeyPolicy, permissions } = organization;
  const mayChoose = permissions.includes('org.manage') && permissions.includes('resources.manage');
  const nameOf = (policy: HostKeyPolicy | null) => t(`entries:policy.${policy ?? 'ask'}.name`);
  function choose(policy: HostKeyPolicy | null): void {
    mutate(
      { hostKeyPolicy: policy },
      {
        onSuccess: () => {
          offerUndo('host-key-policy', t('shares.policySaved', { name: nameOf(policy) }), () => {
            mutate({ hostKeyPolicy });
          });
        },
      },
    );
  }
  return (
    <DefaultRow label={t('shares.policy')} hint={t('shares.policyIs')} error={error}>
      {(hintId) =>
        mayChoose ? (
          <Select
            className={classes['picker'] ?? ''}
            aria-label={t('shares.policy')}
            {...describedByText(hintId)}
            data={hostKeyPolicySchema.options.map((value) => ({ value, label: nameOf(value) }))}
            value={hostKeyPolicy ?? 'ask'}
            onChange={(value) => {
              choose(hostKeyPolicySchema.safeParse(value).data ?? null);
            }}
            allowDeselect={false}
            disabled={isPending}
          />
        ) : (
          <span>{nameOf(hostKeyPolicy)}</span>
        )
      }
    </DefaultRow>
  );
}
