import type { OperationId } from '@gatehouse/contract/operations';
import type { SocketPath } from '@gatehouse/contract/sockets';
import {
  administrators,
  allowed,
  hidden,
  hiddenFromAdministrators,
  invitedAlone,
  members,
  membersInto,
  membersNever,
  membersOrHidden,
  no,
  notOwner,
  ownerAlone,
  refused,
  row,
  unauthenticated,
  type Row,
} from './expectations.ts';

/**
 * The authorization matrix: who may do what with what. Reviewed by people, compared with the server by matrix.test.ts.
 *
 * The check of types fails until a new operation has a row here and, in requests.ts, a request that is in order but for who makes it. The columns are
 * the scopes that an API key needs (or `none`, `sign-in`), then what happens with one's own things, with those of the organization that all
 * roles of the matrix stand around, with those of other organizations and people, and with what is deleted or was never there. A column that
 * makes no sense is `no`. What the words in the columns mean is in expectations.ts.
 *
 * Every operation is asked, too, without a token, with a malformed one, with one that is unknown or has ended, by a disabled account, and with one
 * API key for each scope. That needs no row: the first column says it.
 */
// prettier-ignore
export const operationRows: Readonly<Record<OperationId, Row>> = {
  //                               credential                own             of the organization                         foreign   gone
  'service.isFirstRun':       row('none',                    allowed),
  'service.version':          row('none',                    allowed),
  'service.openapi':          row('none',                    allowed),
  'service.asyncapi':         row('none',                    allowed),
  'service.recoveryKit':      row('sign-in',                 administrators),
  'service.verify':           row('sign-in',                 administrators),

  'auth.providers':           row('none',                    allowed),
  'auth.login':               row('none',                    allowed),
  'auth.logout':              row('none',                    allowed),
  'auth.signIn':              row('none',                    allowed),
  'auth.signOut':             row('none',                    allowed),
  'session.list':             row('sign-in',                 allowed),
  'session.revoke':           row('sign-in',                 allowed,        no,                                         hidden,   hidden),

  // Once there is an account, and without SELF_REGISTRATION.
  'account.register':         row('none',                    refused),
  'account.me':               row('account:read',            allowed),
  'account.search':           row('account:read',            allowed),
  'account.changeName':       row('sign-in',                 allowed),
  'account.changePassword':   row('sign-in',                 allowed),
  'account.updatePreferences': row('sign-in',                allowed),
  'apiKey.list':              row('sign-in',                 allowed),
  'apiKey.create':            row('sign-in',                 allowed),
  'apiKey.delete':            row('sign-in',                 allowed,        no,                                         hidden,   hidden),

  'user.list':                row('users:read',              administrators),
  'user.create':              row('users:write',             administrators),
  'user.update':              row('users:write',             administrators, no,                                         administrators, hiddenFromAdministrators),
  'user.delete':              row('users:write',             no,             no,                                         administrators, hiddenFromAdministrators),
  // One's own password is changed with the current one.
  'user.resetPassword':       row('sign-in',                 refused,        no,                                         administrators, hiddenFromAdministrators),
  'user.listApiKeys':         row('sign-in',                 administrators, no,                                         administrators, hiddenFromAdministrators),
  'user.deleteApiKey':        row('sign-in',                 administrators, no,                                         administrators, hiddenFromAdministrators),

  'setting.list':             row('sign-in',                 administrators),
  'setting.update':           row('sign-in',                 administrators),

  'organization.list':        row('organizations:read',      allowed),
  'organization.create':      row('organizations:write',     allowed),
  'organization.get':         row('organizations:read',      no,             members(),                                  hidden,   hidden),
  'organization.update':      row('organizations:write',     no,             members('org.manage'),                      hidden,   hidden),
  'organization.delete':      row('organizations:write',     no,             ownerAlone,                                 hidden,   hidden),
  'organization.handOver':    row('organizations:write',     no,             ownerAlone,                                 hidden,   hidden),
  'organization.members':     row('organizations:read',      no,             members(),                                  hidden,   hidden),
  'organization.invite':      row('organizations:write',     no,             members('org.members.manage'),              hidden,   hidden),
  'organization.removeMember': row('organizations:write',    no,             members('org.members.manage'),              hidden,   hidden),
  'organization.permissions': row('organizations:read',      no,             ownerAlone,                                 hidden,   hidden),
  'organization.setPermissions': row('organizations:write',  no,             ownerAlone,                                 hidden,   hidden),
  'organization.invitations': row('organizations:read',      allowed),
  'organization.respond':     row('organizations:write',     no,             invitedAlone,                               hidden,   hidden),
  'organization.leave':       row('organizations:write',     no,             notOwner,                                   hidden,   hidden),

  'identities.list':          row('identities:list',         allowed),
  'identities.create':        row('identities:write',        allowed,        membersInto('identities.manage'),           refused,  refused),
  'identities.generateKey':   row('identities:write',        allowed),
  'identities.get':           row('identities:list',         allowed,        members(),                                  hidden,   hidden),
  'identities.usage':         row('identities:list',         allowed,        members(),                                  hidden,   hidden),
  'identities.update':        row('identities:write',        allowed,        members('identities.manage'),               hidden,   hidden),
  'identities.delete':        row('identities:write',        allowed,        members('identities.manage'),               hidden,   hidden),
  // One's own into the organization; what is the organization's stays there.
  'identities.move':          row('identities:write',        membersInto('identities.manage'), membersNever,             hidden,   hidden),
  'identities.test':          row('connections:open',        allowed,        members('connect.ssh'),                     hidden,   hidden),

  'folder.list':              row('folders:read',            allowed),
  'folder.create':            row('folders:write',           allowed,        membersInto('resources.manage'),            refused,  refused),
  'folder.update':            row('folders:write',           allowed,        members('resources.manage'),                hidden,   hidden),
  'folder.delete':            row('folders:write',           allowed,        members('resources.manage'),                hidden,   hidden),

  'entry.list':               row('entries:read',            allowed),
  'entry.recent':             row('entries:read',            allowed),
  'entry.get':                row('entries:read',            allowed,        members(),                                  hidden,   hidden),
  'entry.create':             row('entries:write',           allowed,        membersInto('resources.manage'),            refused,  refused),
  'entry.update':             row('entries:write',           allowed,        members('resources.manage'),                hidden,   hidden),
  'entry.delete':             row('entries:write',           allowed,        members('resources.manage'),                hidden,   hidden),
  'entry.duplicate':          row('entries:write',           allowed,        members('resources.manage'),                hidden,   hidden),
  'entry.reposition':         row('entries:write',           allowed,        members('resources.manage'),                hidden,   hidden),
  'entry.confirm-identity':   row('identities:write',        allowed,        members('identities.manage'),               hidden,   hidden),
  'entry.import-ssh-config':  row('entries:write',           allowed,        membersInto('resources.manage'),            refused,  refused),
  'entry.host-keys.list':     row('entries:read',            allowed,        members(),                                  hidden,   hidden),
  'entry.host-keys.replace':  row('entries:write',           allowed,        members('resources.manage'),                hidden,   hidden),
  'entry.host-keys.remove':   row('entries:write',           allowed,        members('resources.manage'),                hidden,   hidden),
  'entry.host-keys.scan':     row('connections:open',        allowed,        members('connect.ssh'),                     hidden,   hidden),

  'connection.open':          row('connections:open',        allowed,        members('connect.ssh'),                     hidden,   hidden),
  'connection.stream':        row('connections:open',        allowed,        members('connect.ssh'),                     hidden,   hidden),
  'connection.exec':          row('connections:open',        allowed,        members('connect.ssh'),                     hidden,   hidden),
  'connection.destination':   row('connections:open',        allowed,        members('connect.ssh'),                     hidden,   hidden),
  'connection.list':          row('connections:read',        allowed,        membersOrHidden('org.members.manage'),      hidden,   hidden),
  // A session is there for who opened it alone; the organization's is another member's on one of its servers.
  'connection.get':           row('connections:read',        allowed,        membersOrHidden('org.members.manage'),      hidden,   hidden),
  'connection.end':           row('connections:open',        allowed,        membersOrHidden('org.members.manage'),      hidden,   hidden),
  'connection.rejoin':        row('connections:open',        allowed,        hidden,                                     hidden,   hidden),
  'connection.resize':        row('connections:open',        allowed,        hidden,                                     hidden,   hidden),

  'audit.list':               row('audit:read',              allowed),
  'audit.metadata':           row('audit:read',              allowed),
  'audit.export':             row('audit:read',              allowed),
  'audit.verify':             row('audit:read',              administrators),
  'audit.checkpoint':         row('audit:read',              administrators),
};

/** The same for WebSockets. A session's is joined with a ticket of one's own, whatever the session. */
// prettier-ignore
export const socketRows: Readonly<Record<SocketPath, Row>> = {
  '/api/ws/state':              row(['identities:list', 'entries:read', 'connections:read', 'organizations:read'], allowed),
  '/api/ws/session/:sessionId': row('none',                  allowed,        unauthenticated,                            unauthenticated, unauthenticated),
};
