import { Loader } from '@mantine/core';
import { Outlet, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { TreePanel } from '../features/entries/tree-panel.tsx';
import { useHasTerminals } from '../features/sessions/commands.ts';
import classes from './servers-area.module.css';

const terminals = () => import('../features/sessions/terminal-area.tsx');
/** The emulator comes with the first terminal. */
const TabStrip = lazy(async () => ({ default: (await terminals()).TabStrip }));
const TerminalView = lazy(async () => ({ default: (await terminals()).TerminalView }));

/** The tree of servers; beside it the open terminals, and a terminal or whatever the address shows. On a phone the overview is the tree. */
export function ServersArea() {
  const { tabId } = useParams({ strict: false });
  const hasTerminals = useHasTerminals();
  return (
    <div className={classes['area']}>
      <div className={classes['tree']}>
        <TreePanel />
      </div>
      <div className={classes['content']}>
        {hasTerminals && (
          <Suspense fallback={<div className={classes['strip']} />}>
            <TabStrip tabId={tabId} />
          </Suspense>
        )}
        <div className={classes['screen']}>
          {tabId === undefined ? (
            <Outlet />
          ) : (
            <Suspense fallback={<Loader className={classes['loader']} size="sm" />}>
              <TerminalView tabId={tabId} />
            </Suspense>
          )}
        </div>
      </div>
    </div>
  );
}
