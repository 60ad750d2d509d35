import type { EntryDetail } from '@gatehouse/contract/entries';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { jumpHostsOf, type TreeIndex } from '../tree-index.ts';
import classes from './entry-page.module.css';

interface RouteProps {
  readonly index: TreeIndex;
  readonly entry: EntryDetail;
}

/** The jump hosts of a server, and the server itself. */
export function Route({ index, entry }: RouteProps) {
  const { t } = useTranslation('entries');
  const ids = jumpHostsOf(entry.config);
  if (ids.length === 0) return <span className={classes['faint']}>{t('page.direct')}</span>;
  return (
    <span className={classes['route']}>
      {ids.map((id) => {
        const jump = index.entries.get(id)?.entry;
        return (
          <span key={id} className={classes['route']}>
            {jump === undefined ? (
              t('notVisible', { id })
            ) : (
              <Link to="/servers/$entryId" params={{ entryId: String(id) }}>
                {jump.name}
              </Link>
            )}
            <span aria-hidden className={classes['faint']}>
              →
            </span>
          </span>
        );
      })}
      <span>{entry.name}</span>
    </span>
  );
}
