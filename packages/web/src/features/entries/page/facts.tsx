import type { EntryDetail } from '@gatehouse/contract/entries';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/chip.tsx';
import { Ago } from '../../../ui/time.tsx';
import { locationName } from '../actions/locations.ts';
import { formatAddress } from '../address.ts';
import { configText, locationOf, type TreeIndex } from '../tree-index.ts';
import classes from './entry-page.module.css';
import { Policy } from './policy.tsx';
import { Section } from './section.tsx';
import { Route } from './route.tsx';

interface FactsProps {
  readonly index: TreeIndex;
  readonly entry: EntryDetail;
}

/** The address, the route and other facts of a server. */
export function Facts({ index, entry }: FactsProps) {
  const { t } = useTranslation('entries');
  const { ip, config, organizationId } = entry;
  const username = configText(config, 'username');
  const notes = configText(config, 'notes');
  const location = locationName(index, locationOf(entry));
  return (
    <Section title={t('page.facts')}>
      <dl className={classes['facts']}>
        <dt>{t('page.address')}</dt>
        <dd className="mono">{formatAddress({ host: ip, port: config.port, username: undefined })}</dd>
        <dt>{t('page.route')}</dt>
        <dd>
          <Route index={index} entry={entry} />
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
          <Policy entry={entry} />
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
        <dd>{organizationId === null && location === undefined ? t('mine') : location}</dd>
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
