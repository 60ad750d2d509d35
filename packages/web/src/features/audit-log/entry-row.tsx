import type { AuditEntry } from '@gatehouse/contract/audit';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/chip.tsx';
import { Ago } from '../../ui/time.tsx';
import classes from './entry-list.module.css';
import type { Names } from './names.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { Sentence } from './sentence.tsx';
import { detailsOf } from './sentence-keys.ts';

interface EntryRowProps {
  readonly entry: AuditEntry;
  readonly names: Names;
  readonly isOpened: boolean;
  /** Whether the Tab key stops here. */
  readonly isActive: boolean;
  readonly onOpen: () => void;
}

/** One entry as a row; a click shows its details. */
export function EntryRow({ entry, names, isOpened, isActive, onOpen }: EntryRowProps) {
  const { t } = useTranslation('auditLog');
  const { blocks, hidden } = detailsOf(entry);
  const organization = entry.organizationId === null ? undefined : names.organization(entry.organizationId);
  return (
    <button
      type="button"
      className={classes['row']}
      data-opened={isOpened || undefined}
      aria-expanded={isOpened}
      tabIndex={isActive ? 0 : -1}
      onClick={onOpen}
    >
      <OutcomeMark entry={entry} />
      <span className={classes['words']}>
        <Sentence entry={entry} names={names} />
      </span>
      <span className={classes['chips']}>
        {blocks === true && <Chip tone="warn">{t('blocked')}</Chip>}
        {hidden === true && <Chip>{t('hidden')}</Chip>}
        {organization !== undefined && <Chip tone="org">{organization}</Chip>}
      </span>
      <span className={`${classes['address'] ?? ''} mono`}>{entry.ipAddress}</span>
      <span className={classes['when']}>
        <Ago at={entry.timestamp} />
      </span>
    </button>
  );
}
