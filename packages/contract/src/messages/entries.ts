import type { MessageRows } from './row.ts';

/** Servers, folders and their host keys. */
export const entries = {
  link_confirmation_denied: {
    error: 'forbidden',
    en: 'Only members who manage this identity may confirm where it is used.',
  },
  server_changed_again: {
    error: 'conflict',
    en: 'The server was changed again. Check it again before you confirm.',
  },
  server_changed: { error: 'precondition_failed', en: 'The server was changed since you read it.' },
  server_creation_denied: { error: 'forbidden', en: 'You may not add servers or folders to this organization.' },
  server_change_denied: { error: 'forbidden', en: 'You may not change the servers and folders of this organization.' },
  host_key_replacement_denied: { error: 'forbidden', en: 'You may not replace the host key of this server.' },
  pinned_key_unknown: {
    error: 'host_key_unknown',
    en: 'The host key of “{{name}}” is unknown.',
    params: { name: 'text' },
  },
  pinned_key_changed: {
    error: 'host_key_changed',
    en: 'The host key of “{{name}}” is not the pinned one.',
    params: { name: 'text' },
  },
  default_identities_denied: {
    error: 'forbidden',
    en: 'Only members who manage the identities of this owner may set its default identities.',
  },
  jump_hosts_too_long: {
    error: 'conflict',
    en: 'The jump-host chain of “{{server}}” is too long or circular.',
    params: { server: 'text' },
  },
  jump_host_gone: {
    error: 'conflict',
    en: 'A jump host of “{{server}}” was deleted, or you have no access to it.',
    params: { server: 'text' },
  },
  jump_host_not_ssh: {
    error: 'conflict',
    en: 'The jump host “{{server}}” is not an SSH server.',
    params: { server: 'text' },
  },
} as const satisfies MessageRows;
