import type { LoginDestination, QuestionDestination } from '@gatehouse/contract/login-destination';
import { Alert } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { moment } from '../../../lib/time.ts';
import classes from './card.module.css';
import { together, type Changed } from './changes.ts';

type Facts = Omit<QuestionDestination, 'hostKey'> & Partial<Pick<QuestionDestination, 'hostKey'>>;

interface DestinationProps {
  readonly destination: Facts & Partial<Pick<LoginDestination, 'hostKeys'>>;
}

/** The destination of an answer, and its changes since the person's last login. Shown above the fields. */
export function Destination({ destination }: DestinationProps) {
  const { t } = useTranslation('sessions');
  const { host, port, jumpHosts, username, hostKey, hostKeys = [] } = destination;
  const keys = hostKey === undefined ? hostKeys : hostKey === null ? [] : [hostKey.fingerprint];
  return (
    <>
      <Changes destination={destination} />
      <dl className={classes['facts']} aria-label={t('destination.label')}>
        <Fact name={t('destination.goesTo')} value={host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`} />
        {jumpHosts.length > 0 && <Fact name={t('destination.through')} value={jumpHosts.join(' → ')} />}
        {username !== null && <Fact name={t('destination.as')} value={username} />}
        {keys.length === 0 ? (
          <Fact name={t('destination.hostKey')} text={t('destination.noHostKey')} />
        ) : (
          <Fact name={t('destination.hostKey')} value={keys.join('\n')} />
        )}
      </dl>
    </>
  );
}

interface FactProps {
  readonly name: string;
  /** A value that people compare character by character. */
  readonly value?: string;
  readonly text?: string;
}

function Fact({ name, value, text }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      {value === undefined ? <dd>{text}</dd> : <dd className={classes['where']}>{value}</dd>}
    </div>
  );
}

/** The changes since the last login. Changes by others are a warning; the person's own are only information. */
export function Changes({ destination: { changes, lastLoginAt } }: DestinationProps) {
  const { t, i18n } = useTranslation('sessions');
  const when = (timestamp: string) => moment(timestamp, i18n.language);
  const isOwn = changes.every(({ byYou }) => byYou);
  if (changes.length === 0) return null;
  return (
    <Alert
      color={isOwn ? 'blue' : 'yellow'}
      mb={12}
      role="alert"
      title={
        lastLoginAt === null ? t('destination.changedNever') : t('destination.changed', { when: when(lastLoginAt) })
      }
    >
      <ul className={classes['changes']}>
        {together(changes).map((some) => (
          <li key={some[0].field}>{sentenceOf(t, some, when)}</li>
        ))}
      </ul>
      {!isOwn && t('destination.ask')}
    </Alert>
  );
}

function sentenceOf(t: TFunction<'sessions'>, changed: Changed, when: (timestamp: string) => string): string {
  const { before, by, byYou, at } = changed[0];
  const what = changed.map(({ field }) => t(`destination.fields.${field}`)).join(', ');
  const was =
    before === null
      ? ''
      : t('destination.was', { before: before.length === 0 ? t('destination.none') : before.join(', ') });
  if (by === null || at === null) return t('destination.byUnknown', { what, was });
  return t(byYou ? 'destination.byYou' : 'destination.by', { what, was, by, when: when(at) });
}
