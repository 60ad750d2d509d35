import type { AuditEntry } from '@gatehouse/contract/audit';
import type { Session } from '@gatehouse/contract/connections';
import type { Entry, EntryDetail, FolderNode, Tree } from '@gatehouse/contract/entries';
import type { Identity, IdentityKey } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import type { Me } from '../../src/features/accounts/queries.ts';

const made = '2026-03-01T08:00:00.000Z';

/** A server of the person's own; by number, so that names and addresses are told apart. */
export function server(id: number, facts: Partial<Entry> = {}): Entry {
  const ip = facts.ip ?? `10.0.0.${id}`;
  return {
    type: 'server',
    id,
    name: `web-${id}`,
    ip,
    icon: null,
    status: 'unknown',
    position: id,
    renderer: 'terminal',
    tags: [],
    identities: [],
    protocol: 'ssh',
    folderId: null,
    organizationId: null,
    can: {
      use: ['terminal'],
      update: true,
      move: true,
      delete: true,
      duplicate: true,
      manageHostKeys: true,
    },
    ...facts,
    config: { protocol: 'ssh', ip, port: 22, ...facts.config },
  };
}

/** The configuration of an SSH server with something beside its address. */
export function sshConfig(facts: Readonly<Record<string, unknown>>): Entry['config'] {
  return { protocol: 'ssh', ip: '10.0.0.9', port: 22, ...facts };
}

/** A server as its own screen reads it. */
export function serverDetail(id: number, facts: Partial<EntryDetail> = {}): EntryDetail {
  return {
    links: [],
    inherited: null,
    hostKeyPolicy: 'ask',
    hostKeyPolicyChoice: { from: 'default', id: null, by: null, at: null },
    binding: `binding-${id}`,
    createdAt: made,
    updatedAt: made,
    ...server(id, facts),
    ...facts,
  };
}

/** A folder; what is in it does not learn of it, so that a test says where each thing is. */
export function folder(id: number, entries: FolderNode['entries'] = [], facts: Partial<FolderNode> = {}): FolderNode {
  return {
    type: 'folder',
    id,
    name: `folder-${id}`,
    position: id,
    parentId: null,
    organizationId: null,
    defaultIdentityId: null,
    hostKeyPolicy: null,
    can: { add: true, update: true, delete: true, setDefaultIdentity: true },
    entries,
    ...facts,
  };
}

/** What an organization shares, as the tree holds it; to which the person may add unless told otherwise. */
export function organizationNode(id: number, name: string, entries: FolderNode['entries'], add = true): Tree[number] {
  return { type: 'organization', id: `org-${id}`, name, can: { add }, entries };
}

/** A key that nothing is wrong with. */
export function identityKey(facts: Partial<IdentityKey> = {}): IdentityKey {
  return {
    algorithm: 'ssh-ed25519',
    bits: 256,
    fingerprint: 'SHA256:mP1fT0cW3b5',
    publicKey: 'ssh-ed25519 AAAAC3 ada@laptop',
    encrypted: false,
    status: 'ready',
    ...facts,
  };
}

/** An identity of the person's own with a key. */
export function identity(id: number, facts: Partial<Identity> = {}): Identity {
  return {
    id,
    name: `identity-${id}`,
    username: 'deploy',
    type: 'ssh',
    organizationId: null,
    scope: typeof facts.organizationId === 'number' ? 'organization' : 'personal',
    accountId: 1,
    createdAt: made,
    updatedAt: made,
    key: identityKey(),
    hasPassword: false,
    hasPassphrase: false,
    passwordSetAt: null,
    keySetAt: made,
    usedBy: 0,
    lastUsedAt: null,
    can: { use: true, update: true, move: true, delete: true, confirm: true },
    ...facts,
  };
}

/** An organization in which the person is a member with no rights but those given. */
export function organization(id: number, facts: Partial<Organization> = {}): Organization {
  return {
    id,
    name: `org-${id}`,
    description: null,
    role: 'member',
    isOwner: false,
    permissions: [],
    defaultIdentityId: null,
    hostKeyPolicy: null,
    createdAt: made,
    updatedAt: made,
    ...facts,
  };
}

/** The person at the screen. */
export function person(facts: Partial<Me> = {}): Me {
  return {
    id: 1,
    username: 'ada',
    firstName: 'Ada',
    lastName: 'Lovelace',
    totpEnabled: false,
    isAdmin: false,
    permissions: [],
    preferences: {},
    avatarHash: null,
    ...facts,
  };
}

/** An entry of the audit log: ada created an identity. */
export function auditEntry(facts: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 1,
    seq: 1,
    accountId: 1,
    actor: 'ada',
    organizationId: null,
    action: 'identity.create',
    resource: 'identity',
    resourceId: 7,
    resourceName: 'Deploy key',
    outcome: 'ok',
    ipAddress: null,
    userAgent: null,
    timestamp: '2026-03-04T10:00:00.000Z',
    details: {},
    hash: '',
    ...facts,
  };
}

/** A terminal of the person's own that has ended well. */
export function session(id: number, facts: Partial<Session> = {}): Session {
  return {
    id,
    accountId: 1,
    organizationId: null,
    entryId: 4,
    username: 'anna',
    entryName: 'web-4',
    identityId: 3,
    type: 'terminal',
    status: 'ended',
    reason: null,
    steps: [],
    exitCode: 0,
    exitSignal: null,
    startedAt: '2026-03-04T10:00:00.000Z',
    endedAt: '2026-03-04T10:05:00.000Z',
    ...facts,
  };
}
