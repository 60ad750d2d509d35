import { Alert, Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './changed-meanwhile.module.css';

interface ChangedMeanwhileProps {
  /** What was changed, in a sentence. */
  readonly title: string;
  readonly onApply: () => void;
}

/** Shown in a form if another person changed the same object meanwhile; the person's changes are applied to that version. */
export function ChangedMeanwhile({ title, onApply }: ChangedMeanwhileProps) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" variant="light" role="alert" icon={<IconUsers size={18} aria-hidden />} title={title}>
      <p className={classes['text']}>{t('merge.text')}</p>
      <Button variant="default" onClick={onApply}>
        {t('merge.apply')}
      </Button>
    </Alert>
  );
}

/** A field that both have changed, in words. */
export interface ShownConflict {
  readonly path: string;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

interface MergedChangesProps {
  readonly conflicts: readonly ShownConflict[];
  readonly onTake: (path: string) => void;
  readonly onClose: () => void;
}

/** Shown after the changes were applied to a newer version: what both have changed, with the choice of the other value. */
export function MergedChanges({ conflicts, onTake, onClose }: MergedChangesProps) {
  const { t } = useTranslation();
  return (
    <Alert
      color={conflicts.length === 0 ? 'teal' : 'yellow'}
      variant="light"
      role="status"
      icon={<IconUsers size={18} aria-hidden />}
      title={t('merge.title')}
      withCloseButton
      closeButtonLabel={t('confirm.close')}
      onClose={onClose}
    >
      <p className={classes['text']}>{t(conflicts.length === 0 ? 'merge.clean' : 'merge.conflicts')}</p>
      {conflicts.length > 0 && (
        <ul className={classes['conflicts']}>
          {conflicts.map(({ path, label, mine, theirs }) => (
            <li key={path}>
              <strong>{label}</strong>
              <span>
                {t('merge.mine')} <q>{mine}</q>
              </span>
              <span>
                {t('merge.theirs')} <q>{theirs}</q>
              </span>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('merge.takeOf', { field: label })}
                onClick={() => onTake(path)}
              >
                {t('merge.take')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
