import type { MessageRows } from './row.ts';

/** Steps of a login: the name, the connection, the greeting. */
export const connecting = {
  dns_not_needed: { en: 'An address needs no lookup.' },
  dns_by_jump_host: { en: 'The jump host looks up the name.' },
  dns_late: { en: 'Looking up {{host}} took too long.', params: { host: 'text' } },
  dns_no_answer: { en: 'The name servers did not answer for {{host}}.', params: { host: 'text' } },
  dns_hint_name_servers: { en: "Check the gateway's name servers." },
  dns_unknown: { en: 'The name {{host}} is not known.', params: { host: 'text' } },
  dns_hint_spelling: { en: 'Check the spelling, or enter the address itself.' },
  dns_found: { en: '{{addresses}}', params: { addresses: 'texts' } },
  connected: { en: 'Connected to {{host}} port {{port}}.', params: { host: 'text', port: 'number' } },
  connected_through_jump_host: {
    en: 'Connected to {{host}} port {{port}} through the jump host.',
    params: { host: 'text', port: 'number' },
  },
  tcp_late: { en: '{{host}} port {{port}} did not answer in time.', params: { host: 'text', port: 'number' } },
  tcp_hint_firewall: { en: 'Check the address, and whether a firewall drops connections from the gateway.' },
  tcp_forwarding_denied: {
    en: 'The jump host does not allow a connection to {{host}} port {{port}}.',
    params: { host: 'text', port: 'number' },
  },
  tcp_hint_forwarding: {
    en: 'The jump host has to permit TCP forwarding to this address (AllowTcpForwarding, PermitOpen).',
  },
  tcp_forwarding_failed: {
    en: 'The jump host could not connect to {{host}} port {{port}}.',
    params: { host: 'text', port: 'number' },
  },
  tcp_hint_jump_host_view: { en: 'Check host and port as the jump host sees them.' },
  tcp_refused: { en: '{{host}} port {{port}} refused the connection.', params: { host: 'text', port: 'number' } },
  tcp_hint_nothing_listens: { en: 'No program listens on this port: check the port, and that the SSH server runs.' },
  tcp_unreachable: { en: '{{host}} port {{port}} cannot be reached.', params: { host: 'text', port: 'number' } },
  tcp_hint_no_route: { en: 'There is no route from the gateway: check network and VPN.' },
  tcp_failed: {
    en: 'Connecting to {{host}} port {{port}} failed: {{why}}',
    params: { host: 'text', port: 'number', why: 'message' },
  },
  destination_denied: {
    error: 'destination_denied',
    en: 'The gateway may not connect to {{host}} port {{port}}.',
    params: { host: 'text', port: 'number' },
  },
  egress_hint: { en: "The gateway's egress policy (EGRESS_ALLOW, EGRESS_DENY) denies it. Ask an administrator." },
  banner: { en: '{{version}}', params: { version: 'text' } },
  banner_late: {
    en: 'The server at {{host}} port {{port}} did not identify itself as an SSH server in time.',
    params: { host: 'text', port: 'number' },
  },
  banner_hint_overloaded: { en: 'Check host and port. A server that is overloaded also answers late.' },
  banner_wrong: {
    en: 'The server at {{host}} port {{port}} did not answer as an SSH server of version 2.',
    params: { host: 'text', port: 'number' },
  },
  banner_hint_blocked: {
    en: 'Check host and port. A server that is overloaded or blocks the gateway also closes connections like this.',
  },
  banner_closed: {
    en: 'The server at {{host}} port {{port}} closed the connection before it identified itself.',
    params: { host: 'text', port: 'number' },
  },
  banner_closed_hint: {
    en: 'The server may be busy (MaxStartups of sshd), or block the address of the gateway after failed logins: try again after a pause. Otherwise check host and port.',
  },
  banner_busy: {
    en: 'The server at {{host}} port {{port}} is busy: it accepts no further logins at the moment (MaxStartups).',
    params: { host: 'text', port: 'number' },
  },
  banner_busy_hint: {
    en: 'Try again after a pause. If this happens often, raise MaxStartups in sshd_config: all logins through the gateway come from one address.',
  },
  banner_penalty: {
    en: 'The server at {{host}} port {{port}} refuses the address of the gateway for a while (PerSourcePenalties).',
    params: { host: 'text', port: 'number' },
  },
  banner_penalty_hint: {
    en: 'Try again after a pause: sshd does so after failed logins. PerSourcePenaltyExemptList in sshd_config exempts the address of the gateway.',
  },
  why_late: { en: 'there was no answer in time.' },
  why_closed: { en: 'the server closed the connection.' },
  why_broken: { en: 'the connection was interrupted.' },
  why_other: { en: '{{text}}.', params: { text: 'text' } },
} as const satisfies MessageRows;
