import type { Session } from '@gatehouse/contract/connections';
import { Button, SegmentedControl } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClock } from '../../lib/clock.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { organizationList } from '../organizations/queries.ts';
import { personColumn, serverOf, sessionColumns, sessionDetail } from './list/session-columns.tsx';
import { SessionPanel } from './list/session-panel.tsx';
import classes from './list/sessions.module.css';
import { isLive } from './list/session-status.ts';
import { WhoseSelect, whereSupervising } from './list/whose-select.tsx';
import { historyLength, memberSessions, sessionList } from './queries.ts';

const none: readonly Session[] = [];
const filters = ['all', 'live', 'failed'] as const;
type Filter = (typeof filters)[number];

/** The person's sessions, live and past ones, or live ones of members, with the details of one beside them. */
export function SessionsPage() {
  const { t, i18n } = useTranslation('sessions');
  const { data: organizations } = useQuery(organizationList);
  const supervised = whereSupervising(organizations ?? []);
  const [chosen, setChosen] = useState<number>();
  // Who loses the right sees their own sessions again.
  const organizationId = supervised.some(({ id }) => id === chosen) ? chosen : undefined;
  const members = useQuery({ ...memberSessions(organizationId ?? 0), enabled: organizationId !== undefined });
  const own = useQuery(sessionList);
  const { data: sessions = none, isPending, error } = organizationId === undefined ? own : members;
  const [filter, setFilter] = useState<Filter>('all');
  const nowMs = useClock();
  const columns = useMemo(() => {
    const [server, ...rest] = sessionColumns(t, i18n.language, nowMs);
    return [
      ...(server === undefined ? [] : [server]),
      ...(organizationId === undefined ? [] : [personColumn(t)]),
      ...rest,
    ];
  }, [t, i18n.language, nowMs, organizationId]);
  const detail = useMemo(() => sessionDetail(t, i18n.language, nowMs), [t, i18n.language, nowMs]);
  const passing = organizationId === undefined ? filter : 'live';
  const shown = useMemo(() => sessions.filter((session) => passes(session, passing)), [sessions, passing]);
  const { sessionId: openedId } = useParams({ strict: false });
  const navigate = useNavigate();
  const live = sessions.filter(isLive).length;
  return (
    <Page
      title={t('title')}
      count={sessions.length < historyLength ? sessions.length : t('list.newest', { count: historyLength })}
      scrolls={false}
      toolbar={
        <>
          {supervised.length > 0 && (
            <WhoseSelect organizations={supervised} organizationId={organizationId} onChange={setChosen} />
          )}
          {organizationId === undefined && (
            <SegmentedControl
              size="xs"
              aria-label={t('list.filter')}
              value={filter}
              onChange={setFilter}
              data={filters.map((value) => ({ value, label: t(`list.filters.${value}`, { count: live }) }))}
            />
          )}
        </>
      }
    >
      <div className={classes['split']} data-opened={openedId !== undefined || undefined}>
        <div className={classes['list']}>
          <ProblemAlert error={error} />
          <div className={classes['table']}>
            <DataTable
              label={t('title')}
              rows={shown}
              columns={columns}
              idOf={idOf}
              nameOf={(session) => serverOf(session, t)}
              detail={detail}
              openedId={openedId}
              onOpen={(session) => void navigate({ to: '/sessions/$sessionId', params: { sessionId: idOf(session) } })}
              loading={isPending}
              empty={<Nothing filter={passing} />}
            />
          </div>
        </div>
        {openedId !== undefined && (
          <SessionPanel
            key={openedId}
            sessionId={Number(openedId)}
            onClose={() => void navigate({ to: '/sessions' })}
          />
        )}
      </div>
    </Page>
  );
}

function passes(session: Session, filter: Filter): boolean {
  if (filter === 'live') return isLive(session);
  return filter === 'all' || session.status === 'failed';
}

function idOf({ id }: Session): string {
  return String(id);
}

function Nothing({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation('sessions');
  return (
    <EmptyState icon={IconTerminal2} title={t(`list.empty.${filter}`)} text={t('list.emptyText')}>
      <Button component={Link} to="/servers">
        {t('list.toServers')}
      </Button>
    </EmptyState>
  );
}
