import { Outlet } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { SaveSet } from '../sets/save-set.tsx';
import { stateSocket } from '../state-socket.ts';
import { hasParked } from '../../workspace/commands.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Focus } from './focus.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { SignedOutDialog } from './signed-out-dialog.tsx';
import { TabKeys } from './tab-keys.tsx';
import classes from './shell.module.css';

/** The frame of every screen behind the sign-in: the navigation (a bar at the bottom of a phone), the palette, and the state socket. */
export function Shell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  useEffect(() => stateSocket.start(client), [client]);
  useEffect(() => {
    // What was closed just before a reload ends only by its kind of pane.
    if (hasParked()) void import('../panes.ts');
  }, []);
  return (
    <div className={classes['root']}>
      <a className={classes['skip']} href="#content">
        {t('shell.skip')}
      </a>
      <Navigation />
      <div className={classes['content']} id="content" tabIndex={-1}>
        <ConnectionBanner />
        <div className={classes['screen']}>
          <Outlet />
        </div>
      </div>
      <Palette />
      <ShortcutHelp />
      <TabKeys />
      <Focus />
      <SignOutDialog />
      <SignedOutDialog />
      <SaveSet />
    </div>
  );
}
