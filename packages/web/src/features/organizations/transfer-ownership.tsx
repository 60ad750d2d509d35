import { Button, Group, Select, Stack } from '@mantine/core';
import type { Organization } from '@gatehouse/contract/organizations';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { notify } from '../../ui/notice.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Consequences } from './consequences.tsx';
import { members, useTransferOrganization } from './queries.ts';

interface TransferOwnershipProps {
  readonly organization: Organization;
  readonly onClose: () => void;
}

/** Transfers ownership to another active member; for the owner. */
export function TransferOwnership({ organization, onClose }: TransferOwnershipProps) {
  const { t } = useTranslation('organizations');
  const { data = [] } = useQuery(members(organization.id));
  const [chosen, setChosen] = useState<string | null>(null);
  const { mutate, isPending, error } = useTransferOrganization(organization.id);
  const successors = data.filter(({ role, status }) => role !== 'owner' && status === 'active');
  const successor = successors.find(({ accountId }) => String(accountId) === chosen);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (successor === undefined || isPending) return;
    mutate(successor.accountId, {
      onSuccess: () => {
        const words = { name: successor.name, organization: organization.name };
        notify(t('transfer.done', words));
        onClose();
      },
    });
  }
  return (
    <Dialog onClose={onClose} title={t('transfer.title', { organization: organization.name })}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          {successors.length === 0 ? (
            <p style={{ margin: 0 }}>{t('transfer.noCandidate')}</p>
          ) : (
            <>
              <Consequences items={[t('transfer.owns'), t('transfer.stays')]} />
              <Select
                label={t('transfer.to')}
                data={successors.map(({ accountId, name, username }) => ({
                  value: String(accountId),
                  label: `${name} (${username})`,
                }))}
                value={chosen}
                onChange={setChosen}
                searchable
                data-autofocus
              />
            </>
          )}
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('form.cancel')}
            </Button>
            {successors.length > 0 && (
              <Button type="submit" color="red" disabled={successor === undefined} loading={isPending}>
                {t('transfer.act')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
