import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconServerOff, IconTerminal2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '@gatehouse/contract/connections';
import type { EntryDetail } from '@gatehouse/contract/entries';
import { problemOf } from '../../lib/api.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Dialogs, type Question } from './actions/dialogs.tsx';
import { ServerMenu } from './actions/server-menu.tsx';
import { useConnect } from './commands.ts';
import classes from './page/entry-page.module.css';
import { Facts } from './page/facts.tsx';
import { History } from './page/history.tsx';
import { HostKeys } from './page/host-keys.tsx';
import { Links } from './page/links.tsx';
import { entryOf, servers } from './queries.ts';

/** The page of a server: address, identities, host keys, and recent sessions. */
export function EntryPage({ sessions }: { readonly sessions: readonly Session[] | undefined }) {
  const { t } = useTranslation(['entries', 'app']);
  const { entryId } = useParams({ from: '/shell/servers-area/servers/$entryId' });
  const { data: index } = useQuery(servers);
  const { data: entry, error } = useQuery(entryOf(Number(entryId)));
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
  if (index === undefined || entry === undefined)
    return (
      <Page title={t('title')}>
        <ProblemAlert error={error} />
      </Page>
    );
  return (
    <Page title={entry.name} breadcrumb={breadcrumb} actions={<Actions entry={entry} />}>
      <div className={classes['page']}>
        {!entry.can.use.includes('terminal') && <MayNotConnect />}
        <Facts index={index} entry={entry} />
        <Links index={index} entry={entry} />
        {/* The result of a scan belongs to this server only. */}
        <HostKeys key={entry.id} entryId={entry.id} mayChange={entry.can.manageHostKeys} />
        <History entryId={entry.id} sessions={sessions} />
      </div>
    </Page>
  );
}

/** Explains to people who may only view the server why they cannot connect. */
function MayNotConnect() {
  const { t } = useTranslation('entries');
  return (
    <p role="note" className={classes['mayNot']}>
      {t('page.mayNotConnect')}
    </p>
  );
}

function Actions({ entry }: { readonly entry: EntryDetail }) {
  const { t } = useTranslation('entries');
  const navigate = useNavigate();
  const connect = useConnect();
  const [question, setQuestion] = useState<Question>();
  return (
    <>
      {entry.can.update && (
        <Button
          renderRoot={(props) => <Link to="/servers/$entryId/edit" params={{ entryId: String(entry.id) }} {...props} />}
          variant="default"
          leftSection={<IconPencil size={16} stroke={1.6} aria-hidden />}
        >
          {t('page.edit')}
        </Button>
      )}
      {entry.can.use.includes('terminal') && (
        <Button
          leftSection={<IconTerminal2 size={16} stroke={1.6} aria-hidden />}
          onClick={() => connect({ entryId: entry.id, name: entry.name })}
        >
          {t('page.connect')}
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('menu.more')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ServerMenu entry={entry} onAsk={setQuestion} onItsPage />
        </Menu.Dropdown>
      </Menu>
      <Dialogs
        question={question}
        onClose={() => setQuestion(undefined)}
        onDeleted={() => void navigate({ to: '/servers' })}
      />
    </>
  );
}
