import { Button } from '@mantine/core';
import { IconServerOff, IconTerminal2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { formatAddress } from './address.ts';
import { useConnect } from './commands.ts';
import { entryOf } from './queries.ts';

/**
 * Where links to a terminal lead. A link can come from anywhere, such as a mail or another site, so it opens no session: it names the server, and
 * the person clicks. The button does not have the focus, so that a key that is just being pressed does not choose it.
 */
export function ConnectPage() {
  const { t } = useTranslation(['entries', 'app']);
  const { entryId } = useParams({ from: '/shell/servers-area/servers/$entryId/connect' });
  const { data: entry, error } = useQuery(entryOf(Number(entryId)));
  const connect = useConnect();
  const breadcrumb = <Link to="/servers">{t('title')}</Link>;
  if (problemOf(error)?.error === 'not_found')
    return (
      <Page title={t('app:lost.title')} breadcrumb={breadcrumb}>
        <EmptyState icon={IconServerOff} title={t('app:lost.title')} text={t('app:lost.text')}>
          <Button component={Link} to="/servers">
            {t('page.back')}
          </Button>
        </EmptyState>
      </Page>
    );
  if (entry === undefined)
    return (
      <Page title={t('title')}>
        <ProblemAlert error={error} />
      </Page>
    );
  const { id, name, ip, config } = entry;
  const address = formatAddress({ host: ip, port: config.port, username: undefined }, 22);
  const mayConnect = entry.can.use.includes('terminal');
  return (
    <Page title={name} breadcrumb={breadcrumb}>
      <EmptyState
        icon={IconTerminal2}
        title={t('connectPage.title', { name })}
        text={mayConnect ? t('connectPage.text', { address }) : t('page.mayNotConnect')}
      >
        {mayConnect && <Button onClick={() => connect({ entryId: id, name })}>{t('page.connect')}</Button>}
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/servers/$entryId" params={{ entryId: String(id) }} {...props} />}
        >
          {t('menu.details')}
        </Button>
      </EmptyState>
    </Page>
  );
}
