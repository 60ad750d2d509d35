import type { Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowRight, IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteDialog } from './delete-dialog.tsx';
import classes from './identities-page.module.css';
import { MoveDialog } from './move-dialog.tsx';

interface BulkBarProps {
  readonly identities: readonly Identity[];
  readonly organizations: readonly Organization[];
  readonly onDone: () => void;
}

/** The actions on the selected identities. */
export function BulkBar({ identities, organizations, onDone }: BulkBarProps) {
  const { t } = useTranslation('identities');
  const [asking, setAsking] = useState<'move' | 'delete'>();
  const movable = identities.filter(({ can }) => can.update);
  const deletable = identities.filter(({ can }) => can.delete);
  const readOnly = identities.filter(({ can }) => !can.update && !can.delete).length;
  function end(): void {
    setAsking(undefined);
    onDone();
  }
  return (
    <section className={classes['bulk']} aria-label={t('bulk.chosen', { count: identities.length })}>
      <span className={classes['count']} role="status">
        {t('bulk.chosen', { count: identities.length })}
      </span>
      {readOnly > 0 && <span className={classes['readOnly']}>{t('bulk.readOnly', { count: readOnly })}</span>}
      <Button
        variant="default"
        disabled={movable.length === 0}
        leftSection={<IconArrowRight size={16} aria-hidden />}
        onClick={() => setAsking('move')}
      >
        {t('bulk.move')}
      </Button>
      <Button
        variant="subtle"
        color="red"
        disabled={deletable.length === 0}
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking('delete')}
      >
        {t('bulk.delete')}
      </Button>
      <ActionIcon aria-label={t('bulk.clear')} onClick={onDone}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      {asking === 'move' && (
        <MoveDialog
          identities={movable}
          organizations={organizations}
          onClose={() => setAsking(undefined)}
          onDone={end}
        />
      )}
      {asking === 'delete' && <DeleteDialog identities={deletable} onClose={() => setAsking(undefined)} onDone={end} />}
    </section>
  );
}
