import { settings } from './settings-en.ts';
import { palette, shortcuts } from './shell-en.ts';
import { welcome } from './welcome-en.ts';

/** The words of the shell and of what all screens share. */
export const app = {
  areas: {
    servers: 'Servers',
    identities: 'Identities',
    sessions: 'Sessions',
    audit: 'Audit',
    organizations: 'Organizations',
    settings: 'Settings',
  },
  shell: { areas: 'Areas', skip: 'Skip to the content' },
  banner: { lost: 'The server cannot be reached. What you see may be old.', retry: 'Try now' },
  fault: {
    title: 'This screen cannot be shown',
    unreachable: 'The server could not be reached. The screen comes by itself when the server is back.',
    broken: 'Something in this page went wrong.',
    again: 'Try again',
    reload: 'Reload the page',
  },
  lost: {
    title: 'Nothing here',
    text: 'This address leads nowhere, or to something that you cannot see.',
    back: 'To the servers',
  },
  copy: { copy: 'Copy', done: 'Copied', failed: 'Not copied' },
  confirm: { cancel: 'Cancel', close: 'Close', type: 'Type “{{text}}” to go on' },
  notice: { undo: 'Undo', close: 'Close the notice' },
  problem: { unreachable: 'The server could not be reached.' },
  steps: {
    title: 'Connection log',
    dns: 'dns',
    tcp: 'tcp',
    banner: 'banner',
    kex: 'kex',
    hostkey: 'host key',
    auth: 'auth',
    channel: 'channel',
  },
  table: { loading: 'Loading', sortBy: 'Sort by {{column}}', select: 'Select {{name}}', selectAll: 'Select all' },
  palette,
  settings,
  shortcuts,
  welcome,
};
