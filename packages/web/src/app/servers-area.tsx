import { ActionIcon, Drawer, Loader } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconLayoutSidebar } from '@tabler/icons-react';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TreePanel } from '../features/entries/tree-panel.tsx';
import { useHasTabs, useShownEntry } from '../workspace/commands.ts';
import classes from './servers-area.module.css';

/** The code of panes is loaded with the first pane. */
const panes = () => import('./panes.ts');
const TabStrip = lazy(async () => ({ default: (await panes()).TabStrip }));
const WorkspaceView = lazy(async () => ({ default: (await panes()).WorkspaceView }));

/** The tree of servers, and beside it the open panes or the page of the address. */
export function ServersArea() {
  const { tabId } = useParams({ strict: false });
  const openedEntryId = useShownEntry(tabId);
  const { pathname } = useLocation();
  const isPhone = useIsPhone();
  // On the overview, the page itself shows the tree.
  const wantsDrawer = isPhone && pathname !== '/servers';
  return (
    <div className={classes['area']}>
      {!isPhone && (
        <div className={classes['tree']}>
          <TreePanel openedEntryId={openedEntryId} />
        </div>
      )}
      <div className={classes['content']}>
        <Strip tabId={tabId} tree={wantsDrawer ? <TreeDrawer openedEntryId={openedEntryId} /> : null} />
        <div className={classes['screen']}>
          {tabId === undefined ? (
            <Outlet />
          ) : (
            <Suspense fallback={<Waiting />}>
              <WorkspaceView tabId={tabId} />
            </Suspense>
          )}
        </div>
      </div>
    </div>
  );
}

function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
}

interface StripProps {
  readonly tabId: string | undefined;
  /** Opens the tree, on screens that are too narrow to show it. */
  readonly tree: ReactNode;
}

/** The open tabs; on a phone also the button that opens the tree. */
function Strip({ tabId, tree }: StripProps) {
  const hasTabs = useHasTabs();
  if (!hasTabs) return tree === null ? null : <div className={classes['strip']}>{tree}</div>;
  return (
    <Suspense fallback={<div className={classes['strip']} />}>
      <TabStrip tabId={tabId}>{tree}</TabStrip>
    </Suspense>
  );
}

function TreeDrawer({ openedEntryId }: { readonly openedEntryId: number | undefined }) {
  const { t } = useTranslation('workspace');
  const { pathname } = useLocation();
  const [shownAt, setShownAt] = useState<string>();
  const close = () => {
    setShownAt(undefined);
  };
  return (
    <>
      <ActionIcon
        aria-label={t('area.openTree')}
        onClick={() => {
          setShownAt(pathname);
        }}
      >
        <IconLayoutSidebar size={18} aria-hidden />
      </ActionIcon>
      {/* After a server was selected, the dialog would cover it. */}
      <Drawer
        opened={shownAt === pathname}
        onClose={close}
        size={320}
        title={t('area.tree')}
        closeButtonProps={{ 'aria-label': t('area.closeTree') }}
        classNames={{ content: classes['drawer'], body: classes['drawer-body'] }}
      >
        <TreePanel openedEntryId={openedEntryId} />
      </Drawer>
    </>
  );
}

function Waiting() {
  const { t } = useTranslation('workspace');
  return (
    <div className={classes['waiting']}>
      <Loader size="sm" aria-label={t('area.loading')} />
    </div>
  );
}
