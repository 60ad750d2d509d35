import type { MessageRows } from './row.ts';

/** Why a use of a server is not authorized. */
export const access = {
  connection_denied: { error: 'forbidden', en: 'You may not connect to servers of this organization over SSH.' },
  identity_use_denied: {
    error: 'forbidden',
    en: 'You may not log in over SSH with the identities of this organization.',
  },
  link_changed: {
    error: 'link_suspended',
    en: '“{{server}}” was changed since “{{identity}}” was confirmed for it: an account that does not manage that identity changed the address, user name, jump hosts, host key or algorithms, or accepted the host key. An account that manages it must confirm the link first.',
    params: { server: 'text', identity: 'text' },
  },
  link_host_key_unconfirmed: {
    error: 'link_suspended',
    en: 'The host key of “{{server}}” was accepted by a host-key policy that no account that manages “{{identity}}” chose. Compare the key, then link the identity to the server to confirm it.',
    params: { server: 'text', identity: 'text' },
  },
  identity_not_linked: {
    error: 'forbidden',
    en: '“{{identity}}” is not linked to “{{server}}”, and you do not manage it.',
    params: { identity: 'text', server: 'text' },
  },
  protocol_unsupported: {
    error: 'invalid_request',
    en: '“{{server}}” uses {{protocol}}; this version logs in over SSH.',
    params: { server: 'text', protocol: 'text' },
  },
  server_leads_elsewhere: {
    error: 'conflict',
    en: 'The destination of “{{server}}” has changed. Check it before you log in.',
    params: { server: 'text' },
  },
  jump_host_without_identity: {
    error: 'credential_required',
    en: 'The jump host “{{server}}” has no identity that you can use.',
    params: { server: 'text' },
  },
  jump_host_unconfirmed: {
    error: 'link_suspended',
    en: 'The jump host “{{server}}” was changed; an account that manages its identity must confirm it.',
    params: { server: 'text' },
  },
} as const satisfies MessageRows;
