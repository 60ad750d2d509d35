import type { Identity } from '@gatehouse/contract/identities';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../ui/confirm.tsx';
import { useReportFailures } from './bulk-outcome.ts';
import { useDeleteIdentities } from './changes.ts';
import classes from './dialogs.module.css';
import { usageOf } from './queries.ts';

/** The number of servers or identities that are listed by name. */
const named = 8;

interface DeleteDialogProps {
  readonly identities: readonly Identity[];
  readonly onClose: () => void;
  /** Called when all requests are answered; a notification reports what was refused. */
  readonly onDone: () => void;
}

/** Shows which servers lose their login, then asks. */
export function DeleteDialog({ identities, onClose, onDone }: DeleteDialogProps) {
  const { t } = useTranslation('identities');
  const deleting = useDeleteIdentities();
  const reportFailures = useReportFailures();
  const [first] = identities;
  const count = identities.length;
  if (first === undefined) return null;
  const alone = count === 1;
  return (
    <Confirm
      title={t('delete.title', { count, name: first.name })}
      act={t('delete.act')}
      typed={alone ? first.name : t('delete.word', { count })}
      busy={deleting.isPending}
      error={deleting.error}
      onClose={onClose}
      onConfirm={() =>
        deleting.mutate(identities, {
          onSuccess: (outcome) => {
            reportFailures(outcome);
            onDone();
          },
        })
      }
    >
      {alone ? <Losses identity={first} /> : <BulkLosses identities={identities} />}
      <p className={classes['text']}>{t(alone ? 'delete.forGood' : 'delete.forGoodMany')}</p>
    </Confirm>
  );
}

/** The servers that lose their login. */
function Losses({ identity }: { readonly identity: Identity }) {
  const { t } = useTranslation('identities');
  const { data } = useQuery(usageOf(identity.id));
  if (identity.usedBy === 0) return <p className={classes['text']}>{t('delete.unused')}</p>;
  const total = data?.total ?? identity.usedBy;
  const shown = data?.entries.slice(0, named) ?? [];
  return (
    <>
      <p className={classes['text']}>{t('delete.lose', { count: total })}</p>
      <ul className={classes['losses']}>
        {shown.map(({ id, name, host }) => (
          <li key={id}>
            <b>{name}</b> <span className="mono">{host}</span>
          </li>
        ))}
        {total > shown.length && <li>{t('delete.more', { count: total - shown.length })}</li>}
      </ul>
    </>
  );
}

function BulkLosses({ identities }: { readonly identities: readonly Identity[] }) {
  const { t } = useTranslation('identities');
  const used = identities.filter(({ usedBy }) => usedBy > 0).sort((a, b) => b.usedBy - a.usedBy);
  if (used.length === 0) return <p className={classes['text']}>{t('delete.unusedMany')}</p>;
  return (
    <>
      <p className={classes['text']}>{t('delete.loseMany')}</p>
      <ul className={classes['losses']}>
        {used.slice(0, named).map(({ id, name, usedBy }) => (
          <li key={id}>
            <b>{name}</b> <span>{t('delete.logins', { count: usedBy })}</span>
          </li>
        ))}
        {used.length > named && <li>{t('delete.more', { count: used.length - named })}</li>}
      </ul>
    </>
  );
}
