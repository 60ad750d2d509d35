import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconServer2, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePreferences } from '../accounts/queries.ts';
import classes from './overview/overview.module.css';
import { QuickField } from './overview/quick-field.tsx';
import { ServerCards } from './overview/server-cards.tsx';
import { recentEntries, servers } from './queries.ts';
import type { TreeIndex } from './tree-index.ts';
import { TreePanel } from './tree-panel.tsx';

/** The start page of the area: quick connect, and the recent servers. On a phone it shows the tree, which does not fit beside it. */
export function OverviewPage({ sets }: { readonly sets?: ReactNode }) {
  const { t } = useTranslation('entries');
  const { data: index, error } = useQuery(servers);
  const isPhone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  if (isPhone && index !== undefined && index.entries.size > 0)
    return (
      <Page title={t('overview.title')} count={index.entries.size} actions={<Actions />} scrolls={false}>
        <TreePanel />
      </Page>
    );
  return (
    <Page title={t('overview.title')} count={index?.entries.size} actions={<Actions />}>
      <div className={classes['page']}>
        <QuickField />
        <ProblemAlert error={error} />
        {sets}
        {index !== undefined && (index.entries.size === 0 ? <NoServers /> : <Chosen index={index} />)}
      </div>
    </Page>
  );
}

function Actions() {
  const { t } = useTranslation('entries');
  return (
    <>
      <Button
        component={Link}
        to="/servers/import"
        variant="default"
        leftSection={<IconUpload size={16} stroke={1.6} aria-hidden />}
      >
        {t('overview.import')}
      </Button>
      <Button component={Link} to="/servers/new" leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}>
        {t('overview.new')}
      </Button>
    </>
  );
}

function NoServers() {
  const { t } = useTranslation('entries');
  return (
    <EmptyState icon={IconServer2} title={t('overview.emptyTitle')} text={t('overview.emptyText')}>
      <Button component={Link} to="/servers/new">
        {t('overview.emptyNew')}
      </Button>
      <Button component={Link} to="/servers/import" variant="default">
        {t('overview.emptyImport')}
      </Button>
    </EmptyState>
  );
}

function Chosen({ index }: { readonly index: TreeIndex }) {
  const { t } = useTranslation('entries');
  const { favourites } = usePreferences();
  const { data: recent } = useQuery(recentEntries);
  const marked = favourites.flatMap((id) => index.entries.get(id)?.entry ?? []);
  return (
    <>
      {recent !== undefined && (
        <ServerCards title={t('overview.recent')} entries={recent} empty={t('overview.nothingRecent')} />
      )}
      <ServerCards title={t('favourites')} entries={marked} empty={t('overview.nothingFavourite')} />
    </>
  );
}
