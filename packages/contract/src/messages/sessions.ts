import type { MessageRows } from './row.ts';

/** Sessions on servers: why they end and cannot be reached. */
export const sessions = {
  sessions_used_up: {
    error: 'too_many_requests',
    en: 'You have {{count}} sessions open, which is the limit.',
    params: { count: 'number' },
  },
  ticket_unknown: { error: 'unauthenticated', en: 'The ticket is not valid for this session; get a new one.' },
  session_on_another_node: {
    error: 'unavailable',
    en: 'This session runs on another node. Reconnect through the node that opened it (sticky routing).',
  },
  session_not_joinable: {
    error: 'conflict',
    en: 'This session cannot be joined again; it ends with its first client.',
  },
  session_interrupted: {
    error: 'not_found',
    en: 'Gatehouse was interrupted or restarted, which ended this session.',
  },
  session_end_too_slow: { error: 'timed_out', en: 'The node of this session did not end it in time.' },
  command_too_slow: { error: 'timed_out', en: 'The command did not end within {{ms}} ms.', params: { ms: 'number' } },
  command_without_exit_status: {
    error: 'connection_lost',
    en: 'The server closed the channel of the command without an exit status.',
  },
  command_connection_lost: {
    error: 'connection_lost',
    en: 'The connection to the server was lost before the command ended.',
  },
  session_ended: { en: 'The session has ended: {{why}}.', params: { why: 'message' } },
  ended_by_person: { en: 'its owner ended it' },
  ended_by_manager: {
    en: '{{username}}, who manages the members of the organization, ended it',
    params: { username: 'text' },
  },
  ended_by_stop: { en: 'the gateway is stopping' },
  ended_by_interruption: { en: 'the gateway was interrupted' },
  ended_by_cut_off: { en: 'the gateway lost the connection to its database' },
  ended_by_shell: { en: 'the shell exited' },
  ended_by_command: { en: 'the command exited' },
  ended_by_connection: { en: 'the connection to the server was lost' },
  ended_by_access: { en: 'access was revoked' },
  ended_by_confirmation: { en: 'its identity is no longer confirmed for the server' },
  ended_by_account: { en: 'the account was changed, disabled or deleted' },
  ended_by_sign_out: { en: 'the sign-in was ended' },
  ended_by_sign_in_expiry: { en: 'the sign-in expired' },
  ended_by_api_key: { en: 'the API key was deleted' },
  ended_by_api_key_expiry: { en: 'the API key expired' },
  ended_by_membership: { en: 'the membership in the organization ended' },
  ended_by_permissions: { en: 'the permission to connect was revoked' },
  ended_by_organization: { en: 'the organization was deleted' },
  ended_by_identity: { en: 'the identity was deleted or moved' },
  ended_by_entry: { en: 'the entry was deleted or its address changed' },
  ended_by_duration: { en: 'the maximum session duration was reached' },
  ended_by_idleness: { en: 'the idle timeout was reached' },
  ended_by_client: { en: 'its client disconnected' },
  ended_by_absence: { en: 'no client joined it in time' },
} as const satisfies MessageRows;
