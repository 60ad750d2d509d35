import type { Identity, IdentityUsage } from '@gatehouse/contract/identities';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ago } from '../../../lib/time.ts';
import { Status } from '../../../ui/chip.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Ago } from '../../../ui/time.tsx';
import { usageOf } from '../queries.ts';
import classes from './identity-panel.module.css';

/** The number of servers that are shown before "Show all". */
const firstShown = 6;

type UsageEntry = IdentityUsage['entries'][number];

/** The servers that refer to the identity, with the result of the last login. */
export function UsageSection({ identity }: { readonly identity: Identity }) {
  const { t } = useTranslation('identities');
  const { data, error } = useQuery(usageOf(identity.id));
  const [all, setAll] = useState(false);
  const total = data?.total ?? identity.usedBy;
  const shown = data?.entries.slice(0, all ? undefined : firstShown) ?? [];
  const hidden = data === undefined ? 0 : data.entries.length - shown.length;
  return (
    <section aria-label={t('usage.title', { count: total })}>
      <h3 className={classes['heading']}>{t('usage.title', { count: total })}</h3>
      <ProblemAlert error={error} />
      {total === 0 && <p className={classes['hint']}>{t('usage.none')}</p>}
      {shown.length > 0 && (
        <ul className={classes['servers']}>
          {shown.map((entry) => (
            <UsageRow key={entry.id} entry={entry} />
          ))}
          {hidden > 0 && (
            <li>
              <button type="button" className={classes['more']} onClick={() => setAll(true)}>
                {t('usage.more', { count: total - shown.length })}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

const tones = { ok: 'ok', failed: 'bad' } as const;

function UsageRow({ entry }: { readonly entry: UsageEntry }) {
  const { t, i18n } = useTranslation('identities');
  const { id, name, host, lastOutcome, lastUsedAt } = entry;
  return (
    <li>
      <Status tone={lastOutcome === null ? 'neutral' : tones[lastOutcome]} />
      <Link to="/servers/$entryId" params={{ entryId: String(id) }} className={classes['server']}>
        {name}
      </Link>
      <span className={classes['host']}>{host}</span>
      {lastOutcome === 'failed' && lastUsedAt !== null ? (
        <span className={classes['failed']}>{t('usage.failed', { ago: ago(lastUsedAt, i18n.language) })}</span>
      ) : (
        <span className={classes['faint']}>
          <Ago at={lastUsedAt} never={t('usage.untried')} />
        </span>
      )}
    </li>
  );
}
