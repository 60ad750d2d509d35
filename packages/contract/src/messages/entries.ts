import type { MessageRows } from './row.ts';

/** Servers, folders and their host keys. */
export const entries = {
  link_confirmation_denied: {
    error: 'forbidden',
    en: 'Only those who manage this identity may confirm where it is used.',
  },
  server_changed_again: {
    error: 'conflict',
    en: 'The server was changed again. Look at it once more before you confirm.',
  },
  server_creation_denied: { error: 'forbidden', en: 'You may not put servers or folders into this organization.' },
  server_change_denied: { error: 'forbidden', en: 'You may not change the servers and folders of this organization.' },
  host_key_replacement_denied: { error: 'forbidden', en: 'You may not replace the host key of this server.' },
  pinned_key_unknown: {
    error: 'host_key_unknown',
    en: 'The host key of “{{name}}” is not known.',
    params: { name: 'text' },
  },
  pinned_key_changed: {
    error: 'host_key_changed',
    en: 'The host key of “{{name}}” is not the one that is pinned.',
    params: { name: 'text' },
  },
  default_identities_denied: {
    error: 'forbidden',
    en: 'Only those who manage the identities of this owner may set its default identities.',
  },
  jump_hosts_too_long: {
    error: 'conflict',
    en: 'The way to “{{server}}” leads through too many jump hosts or back to one.',
    params: { server: 'text' },
  },
  jump_host_gone: {
    error: 'conflict',
    en: 'A jump host on the way to “{{server}}” is gone, or you cannot see it.',
    params: { server: 'text' },
  },
  jump_host_not_ssh: {
    error: 'conflict',
    en: 'The jump host “{{server}}” is not an SSH server.',
    params: { server: 'text' },
  },
} as const satisfies MessageRows;
