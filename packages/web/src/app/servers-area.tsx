import { Outlet } from '@tanstack/react-router';
import { TreePanel } from '../features/entries/tree-panel.tsx';
import classes from './servers-area.module.css';

/** The tree of servers, with the screen beside it; a phone shows one of the two. */
export function ServersArea() {
  return (
    <div className={classes['root']}>
      <div className={classes['tree']}>
        <TreePanel />
      </div>
      <div className={classes['screen']}>
        <Outlet />
      </div>
    </div>
  );
}
