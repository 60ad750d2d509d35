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
  shell: {
    areas: 'Main navigation',
    skip: 'Skip to content',
    terminalsLabel: 'Open tabs',
    terminals_one: '{{count}} open tab',
    terminals_other: '{{count}} open tabs',
    terminalsUnseen_one: '{{count}} open tab, with new output',
    terminalsUnseen_other: '{{count}} open tabs, with new output',
  },
  banner: {
    lost: 'Connection to the server lost. This page may be out of date.',
    silent: 'The server is not answering. This page may be out of date.',
    offline: 'This device is offline. This page may be out of date.',
    retry: 'Retry now',
  },
  signedOut: {
    title: 'You were signed out',
    text: 'Your sign-in has ended. This page stays as it is: sign in again to go on.',
    terminals: 'Sessions in terminals have ended; what they showed stays on the screen.',
    keys: 'The keys that you have pressed since then were not sent anywhere.',
    other:
      '{{other}} is signed in to this browser now, but this page belongs to {{username}}. If you load it for {{other}}, everything that is not saved is lost.',
    back: 'Sign in as {{username}}',
    load: 'Load page for {{other}}',
  },
  fault: {
    title: 'This page could not be displayed',
    unreachable: 'The server cannot be reached. The page loads automatically as soon as the connection is back.',
    broken: 'An unexpected error occurred on this page.',
    again: 'Try again',
    reload: 'Reload page',
  },
  lost: {
    title: 'Not found',
    text: 'This page does not exist, or you do not have access to it.',
    back: 'Go to servers',
  },
  file: { choose: 'Choose a file', tooLarge: 'Too large: at most {{kib}} KiB.' },
  copy: { copy: 'Copy', done: 'Copied', failed: 'Copy failed' },
  confirm: { cancel: 'Cancel', close: 'Close', type: 'Type “{{text}}” to confirm' },
  sets: {
    title: 'Saved sets',
    saveTitle_one: 'Save {{count}} tab as a set',
    saveTitle_other: 'Save {{count}} tabs as a set',
    name: 'Name',
    text: 'Opening the set connects to the same servers, with the same panes. It is stored with your account.',
    replaces: 'Replaces the set “{{name}}”.',
    replace: 'Replace',
    full: 'At most {{count}} sets can be saved.',
    save: 'Save',
    saved: '“{{name}}” saved',
    open: 'Open',
    openNamed: 'Open “{{name}}”',
    remove: 'Delete “{{name}}”',
    removed: '“{{name}}” deleted',
  },
  signOut: {
    title: 'Sign out?',
    text_one:
      '{{count}} of your sessions is running. Sessions that were opened with this sign-in end, in every window of this browser.',
    text_other:
      '{{count}} of your sessions are running. Sessions that were opened with this sign-in end, in every window of this browser.',
    act: 'Sign out',
  },
  notice: { undo: 'Undo', close: 'Dismiss' },
  problem: { unreachable: 'The server cannot be reached. Check your connection and try again.' },
  steps: {
    title: 'Connection log',
    dns: 'DNS',
    tcp: 'TCP',
    banner: 'Banner',
    kex: 'Key exchange',
    hostkey: 'Host key',
    auth: 'Authentication',
    channel: 'Channel',
  },
  table: { loading: 'Loading…', sortBy: 'Sort by {{column}}', select: 'Select {{name}}', selectAll: 'Select all' },
  palette,
  settings,
  shortcuts,
  welcome,
};
