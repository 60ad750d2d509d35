import type { Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import { Button, Group, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { useReportFailures } from './bulk-outcome.ts';
import { useMoveIdentities } from './changes.ts';
import classes from './dialogs.module.css';
import { whereManaging } from './rights.ts';

interface MoveDialogProps {
  readonly identities: readonly Identity[];
  readonly organizations: readonly Organization[];
  readonly onClose: () => void;
  /** Called when all requests are answered; a notification reports what was refused. */
  readonly onDone: () => void;
}

/** Asks for the organization, and shows who gets access. */
export function MoveDialog({ identities, organizations, onClose, onDone }: MoveDialogProps) {
  const { t } = useTranslation('identities');
  const { t: common } = useTranslation();
  const targets = whereManaging(organizations).filter(({ id }) =>
    identities.some(({ organizationId }) => organizationId !== id),
  );
  const [targetId, setTargetId] = useState<number | undefined>(targets.length === 1 ? targets[0]?.id : undefined);
  const target = targets.find(({ id }) => id === targetId);
  const moving = useMoveIdentities();
  const reportFailures = useReportFailures();
  function move(organizationId: number): void {
    moving.mutate(
      { identities, organizationId },
      {
        onSuccess: (outcome) => {
          reportFailures(outcome);
          onDone();
        },
      },
    );
  }
  return (
    <Dialog onClose={onClose} title={t('move.title', { count: identities.length, name: identities[0]?.name })}>
      <Stack gap={16}>
        {targets.length === 0 ? (
          <p className={classes['text']}>{t('move.nowhere')}</p>
        ) : (
          <Select
            label={t('move.target')}
            placeholder={t('move.placeholder')}
            data={targets.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={targetId === undefined ? null : String(targetId)}
            onChange={(value) => setTargetId(value === null ? undefined : Number(value))}
            allowDeselect={false}
            data-autofocus
          />
        )}
        {target !== undefined && <Consequences identities={identities} organizations={organizations} target={target} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {common('confirm.cancel')}
          </Button>
          <Button disabled={target === undefined} loading={moving.isPending} onClick={() => target && move(target.id)}>
            {t('move.act')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

type ConsequencesProps = Pick<MoveDialogProps, 'identities' | 'organizations'> & { readonly target: Organization };

function Consequences({ identities, organizations, target }: ConsequencesProps) {
  const { t } = useTranslation('identities');
  const left = organizations.filter(
    ({ id }) => id !== target.id && identities.some(({ organizationId }) => organizationId === id),
  );
  return (
    <div>
      <h3 className={classes['heading']}>{t('move.changes')}</h3>
      <ul className={classes['consequences']}>
        <li>{t('move.everyoneUses', { organization: target.name })}</li>
        {left.map(({ id, name }) => (
          <li key={id}>{t('move.leaves', { organization: name })}</li>
        ))}
        <li>{t('move.othersManage')}</li>
        <li>{t('move.serversStay')}</li>
        {identities.some(({ organizationId }) => organizationId === null) && <li>{t('move.notBack')}</li>}
      </ul>
    </div>
  );
}
