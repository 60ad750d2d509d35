import type { Entry } from '@gatehouse/contract/entries';
import { ActionIcon } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAddress } from '../address.ts';
import { useConnect } from '../commands.ts';
import { EntryIcon } from '../entry-icon.tsx';
import { isUpToDate } from '../../../lib/freshness.ts';
import { useObservable } from '../../../lib/observable.ts';
import { liveSessions } from '../queries.ts';
import classes from './overview.module.css';

interface ServerCardsProps {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** The text for an empty list. */
  readonly empty: string;
}

/** Cards of servers, with links to their page and to a terminal. */
export function ServerCards({ title, entries, empty }: ServerCardsProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className={classes['title']}>
        {title}
      </h2>
      {entries.length === 0 ? (
        <p className={classes['hint']}>{empty}</p>
      ) : (
        <ul className={classes['cards']}>
          {entries.map((entry) => (
            <ServerCard key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ServerCard({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('entries');
  const connect = useConnect();
  const { data: sessions = [] } = useQuery(liveSessions);
  const isKnown = useObservable(isUpToDate);
  const connected = isKnown && sessions.some(({ entryId }) => entryId === entry.id);
  const { id, name, ip, icon, config } = entry;
  return (
    <li className={classes['card']} onDoubleClick={() => connect({ entryId: id, name })}>
      <span className={classes['icon']} data-connected={connected || undefined}>
        <EntryIcon name={icon} size={18} />
      </span>
      <span className={classes['text']}>
        <Link to="/servers/$entryId" params={{ entryId: String(id) }} className={classes['name']}>
          {name}
        </Link>
        <span className={classes['host']}>
          {formatAddress({ host: ip, port: config.port, username: undefined }, 22)}
          {connected && ` · ${t('tree.connected')}`}
        </span>
      </span>
      <ActionIcon
        className={classes['connect'] ?? ''}
        aria-label={t('overview.connectTo', { name })}
        onClick={() => connect({ entryId: id, name })}
      >
        <IconTerminal2 size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </li>
  );
}
