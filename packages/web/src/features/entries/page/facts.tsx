import type { EntryDetail } from '@gatehouse/contract/entries';
import { hostKeyPolicySchema } from '@gatehouse/contract/entry-config';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/chip.tsx';
import { Ago } from '../../../ui/time.tsx';
import { placeName } from '../actions/places.ts';
import { formatAddress } from '../address.ts';
import { configText, jumpHostsOf, placeOf, type TreeIndex } from '../tree-index.ts';
import classes from './entry-page.module.css';
import { Section } from './section.tsx';

interface FactsProps {
  readonly index: TreeIndex;
  readonly entry: EntryDetail;
}

/** Where a server is, how it is reached, and what is known of it. */
export function Facts({ index, entry }: FactsProps) {
  const { t } = useTranslation('entries');
  const { ip, config, organizationId } = entry;
  const username = configText(config, 'username');
  const notes = configText(config, 'notes');
  const policy = hostKeyPolicySchema.safeParse(entry.hostKeyPolicy).data;
  const place = placeName(index, placeOf(entry));
  return (
    <Section title={t('page.facts')}>
      <dl className={classes['facts']}>
        <dt>{t('page.address')}</dt>
        <dd className="mono">{formatAddress({ host: ip, port: config.port, username: undefined })}</dd>
        <dt>{t('page.way')}</dt>
        <dd>
          <Way index={index} entry={entry} />
        </dd>
        <dt>{t('page.username')}</dt>
        <dd>
          {username === '' ? (
            <span className={classes['faint']}>{t('page.usernameOfIdentity')}</span>
          ) : (
            <span className="mono">{username}</span>
          )}
        </dd>
        <dt>{t('page.policy')}</dt>
        <dd>
          {policy === undefined ? (
            entry.hostKeyPolicy
          ) : (
            <>
              {t(`policy.${policy}.name`)}. <span className={classes['faint']}>{t(`policy.${policy}.text`)}</span>
            </>
          )}
        </dd>
        {config['legacyAlgorithms'] === true && (
          <>
            <dt>{t('page.legacy')}</dt>
            <dd>
              <Chip tone="warn">{t('page.legacyOn')}</Chip>
            </dd>
          </>
        )}
        <dt>{t('page.belongs')}</dt>
        <dd>{organizationId === null && place === undefined ? t('mine') : place}</dd>
        {notes !== '' && (
          <>
            <dt>{t('page.notes')}</dt>
            <dd className={classes['notes']}>{notes}</dd>
          </>
        )}
        <dt>{t('page.changed')}</dt>
        <dd>
          <Ago at={entry.updatedAt} />
        </dd>
      </dl>
    </Section>
  );
}

function Way({ index, entry }: FactsProps) {
  const { t } = useTranslation('entries');
  const ids = jumpHostsOf(entry.config);
  if (ids.length === 0) return <span className={classes['faint']}>{t('page.direct')}</span>;
  return (
    <span className={classes['way']}>
      {ids.map((id) => {
        const jump = index.entries.get(id)?.entry;
        return (
          <span key={id} className={classes['way']}>
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
