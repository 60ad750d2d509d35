import { Button, Group, Select, Stack } from '@mantine/core';
import type { Organization } from '@gatehouse/contract/organizations';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/notice.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Consequences } from './consequences.tsx';
import { members, useHandOverOrganization } from './queries.ts';

interface HandOverProps {
  readonly organization: Organization;
  readonly onClose: () => void;
}

/** Makes another active member the owner; for the owner. */
export function HandOver({ organization, onClose }: HandOverProps) {
  const { t } = useTranslation('organizations');
  const { data = [] } = useQuery(members(organization.id));
  const [chosen, setChosen] = useState<string | null>(null);
  const { mutate, isPending, error } = useHandOverOrganization(organization.id);
  const successors = data.filter(({ role, status }) => role !== 'owner' && status === 'active');
  const successor = successors.find(({ accountId }) => String(accountId) === chosen);
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (successor === undefined || isPending) return;
    mutate(successor.accountId, {
      onSuccess: () => {
        const words = { name: successor.name, organization: organization.name };
        tell(t('handOver.done', words));
        onClose();
      },
    });
  }
  return (
    <Dialog onClose={onClose} title={t('handOver.title', { organization: organization.name })}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          {successors.length === 0 ? (
            <p style={{ margin: 0 }}>{t('handOver.nobody')}</p>
          ) : (
            <>
              <Consequences items={[t('handOver.owns'), t('handOver.stays')]} />
              <Select
                label={t('handOver.to')}
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
                {t('handOver.act')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
