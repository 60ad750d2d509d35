import type { AuditEntry } from '@gatehouse/contract/audit';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Ago } from '../../ui/time.tsx';
import { useNames } from './names.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { latestOf } from './queries.ts';
import classes from './recent-use.module.css';
import { Sentence } from './sentence.tsx';
import { detailsOf } from './sentence-keys.ts';

const shown = 8;

/** The recent use of an organization's servers and identities, the latest first; for members who may read its audit log. */
export function RecentUse({ organizationId }: { readonly organizationId: number }) {
  const { t } = useTranslation('auditLog');
  const names = useNames();
  const uses = useQuery(latestOf(organizationId, 'identity.use'));
  const openings = useQuery(latestOf(organizationId, 'session.open'));
  const loaded = uses.data !== undefined && openings.data !== undefined;
  const entries = [...(uses.data ?? []), ...(openings.data ?? []).filter(addsInformation)]
    .sort((a, b) => b.seq - a.seq)
    .slice(0, shown);
  return (
    <section className={classes['root']} aria-label={t('recent.title')}>
      <header className={classes['head']}>
        <h2 className={classes['title']}>{t('recent.title')}</h2>
        <Link to="/audit" search={{ organizationId }}>
          {t('recent.all')}
        </Link>
      </header>
      <ProblemAlert error={uses.error ?? openings.error} />
      <ul className={classes['card']} aria-label={t('recent.title')}>
        {loaded && entries.length === 0 && <li className={classes['row']}>{t('recent.none')}</li>}
        {entries.map((entry) => (
          <li key={entry.seq} className={classes['row']}>
            <OutcomeMark entry={entry} />
            <span className={classes['words']}>
              <Sentence entry={entry} names={names} />
            </span>
            <span className={classes['when']}>
              <Ago at={entry.timestamp} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A login with a stored identity has its own entry (`identity.use`); what remains is refused sessions, and logins with a typed credential. */
function addsInformation(entry: AuditEntry): boolean {
  if (entry.outcome === 'denied') return true;
  return entry.outcome === 'started' && detailsOf(entry).because === 'direct';
}
