import type { AuditEntry } from '@gatehouse/contract/audit';
import { Button } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../accounts/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import classes from './audit-page.module.css';
import { ChainMark } from './chain-mark.tsx';
import { EntryList } from './entry-list.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { filterOf, type AuditSearch } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { NewerEntries } from './newer-entries.tsx';
import { auditLog, exportAddress } from './queries.ts';

/** The audit log: one sentence per entry, limited to what the person may read. */
export function AuditPage() {
  const { t, i18n } = useTranslation('auditLog');
  const me = useMe();
  const search = useSearch({ from: '/shell/audit' });
  const navigate = useNavigate();
  const [opened, setOpened] = useState<AuditEntry>();
  const filter = useMemo(() => filterOf(search), [search]);
  const log = useInfiniteQuery(auditLog(filter));
  const entries = useMemo(() => log.data?.pages.flatMap(({ logs }) => logs) ?? [], [log.data]);
  const total = log.data?.pages[0]?.total;
  const choose = (next: AuditSearch) => {
    setOpened(undefined);
    void navigate({ to: '/audit', search: next, replace: true });
  };
  const formatted = new Intl.NumberFormat(i18n.language).format(total ?? 0);
  const actions = (
    <>
      {me.isAdmin && <ChainMark />}
      <Button
        component="a"
        href={exportAddress(filter)}
        download
        variant="default"
        title={t('exportHint')}
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t('export')}
      </Button>
    </>
  );
  return (
    <Page
      title={t('title')}
      actions={actions}
      toolbar={<FilterBar search={search} onChange={choose} />}
      scrolls={false}
    >
      <div className={classes['root']}>
        <div className={classes['log']}>
          <ProblemAlert error={log.error} />
          <div className={classes['status']}>
            <span>{total !== undefined && t('shown', { count: total, formatted })}</span>
            {total !== undefined && <NewerEntries filter={filter} known={total} />}
          </div>
          {log.data !== undefined && entries.length === 0 ? (
            <NoEntries
              isFiltered={Object.keys(filter).length > 0}
              onClear={() => {
                choose({});
              }}
            />
          ) : (
            <EntryList
              key={JSON.stringify(filter)}
              entries={entries}
              loading={log.isPending}
              openedSeq={opened?.seq}
              onOpen={setOpened}
              onEnd={
                log.hasNextPage && !log.isFetching && log.error === null ? () => void log.fetchNextPage() : undefined
              }
            />
          )}
        </div>
        {opened !== undefined && (
          <EntryPanel
            entry={opened}
            onClose={() => {
              setOpened(undefined);
            }}
          />
        )}
      </div>
    </Page>
  );
}

interface NoEntriesProps {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

function NoEntries({ isFiltered, onClear }: NoEntriesProps) {
  const { t } = useTranslation('auditLog');
  if (!isFiltered) return <EmptyState icon={IconHistory} title={t('empty.title')} text={t('empty.text')} />;
  return (
    <EmptyState icon={IconHistory} title={t('empty.noneTitle')} text={t('empty.noneText')}>
      <Button variant="default" onClick={onClear}>
        {t('empty.clear')}
      </Button>
    </EmptyState>
  );
}
