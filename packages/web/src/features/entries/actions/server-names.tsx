import type { Entry } from '@gatehouse/contract/entries';
import { useTranslation } from 'react-i18next';

const most = 5;

/** Names of servers, and the number of those that are not listed. */
export function ServerNames({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation('entries');
  return (
    <ul style={{ margin: '4px 0 0', paddingLeft: 20 }}>
      {entries.slice(0, most).map(({ id, name }) => (
        <li key={id}>{name}</li>
      ))}
      {entries.length > most && <li>{t('deleteServer.andMore', { count: entries.length - most })}</li>}
    </ul>
  );
}
