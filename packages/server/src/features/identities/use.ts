import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say, type Message } from '@gatehouse/contract/messages/message';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import type { IdentityGrant } from '../../access/authorize-use.ts';
import type { IdentityRef } from '../../access/decide-identity.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { CallerUnitOfWork } from '../../change/change.ts';
import type { Db } from '../../kernel/db/database.ts';
import { ownerOf, type Owner } from '../../kernel/owner.ts';
import { sees, type Rights } from '../../kernel/rights.ts';
import type { Secret } from '../../vault/secret.ts';
import { markLinkUsed } from '../inventory/public-repository.ts';
import { slotOf } from './credential.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { inLoginOrder, loginCredential, type LoginCredential } from './login-credential.ts';
import { allowsPart } from './parts/part.ts';
import { requireVisible } from './policy.ts';
import { requireSeen } from './read.ts';
import {
  findIdentities,
  findIdentity,
  markUsed,
  secretsOf,
  type IdentityRow,
  type StoredSecret,
} from './repository.ts';
import { identityRecord } from './audit-events.ts';

/**
 * The credential for one login with a stored identity. Each opening repeats the whole decision on the login, so that no secret is used after the
 * identity was deleted, the caller's access revoked, or the entry changed.
 */
export interface IdentityCredential extends LoginCredential {
  readonly identity: IdentityRef;
  readonly username: string | null;
}

/** The result of a login with an identity. */
export interface IdentityUse {
  readonly identityId: number;
  readonly entryId: number;
  readonly entryName: string;
  readonly outcome: 'ok' | 'failed';
  /** A sentence about the result, for a person; never a secret. */
  readonly detail: Message;
  /** The problem, if it failed. */
  readonly problem?: ProblemCode | undefined;
}

/** Those of the identities that exist and are visible with these rights, by id. */
export async function visible(db: Db, rights: Rights, ids: readonly number[]): Promise<readonly IdentityRef[]> {
  const rows = await findIdentities(db, ids);
  return rows.filter((row) => sees(rights, ownerOf(row))).map(toRef);
}

function toRef(row: IdentityRow): IdentityRef {
  const { id, name, username, type } = row;
  return { id, name, username, type, owner: ownerOf(row) };
}

/** Throws `not_found` if the caller cannot see the identity any more. */
export async function openCredential(
  dependencies: IdentityDependencies,
  grant: IdentityGrant,
): Promise<IdentityCredential> {
  const { database, keys } = dependencies;
  const { caller, entry, identity } = grant;
  const row = requireVisible(await findIdentity(database.read, identity.id), entry.rights, 'use');
  const stored = new Set((await secretsOf(database.read, identity.id)).map(({ field }) => field));
  const requireStill = async () => {
    await grant.recheck();
    return requireSeen(dependencies, caller, identity.id, 'use');
  };

  const open = async (field: SecretField): Promise<Secret | undefined> => {
    const owner = ownerOf(await requireStill());
    const secret = (await secretsOf(database.read, identity.id)).find((found) => found.field === field);
    return secret && openStored(dependencies, grant, { owner, secret });
  };
  const held = {
    name: row.name,
    fields: stored,
    facts: row,
    open,
    recheck: requireStill,
    openKey: (key: Secret, passphrase: Secret | undefined) => keys.open(key, passphrase, caller.accountId),
  };
  const placed = inLoginOrder(dependencies.parts).filter((part) => allowsPart(row.type, part));
  return {
    ...loginCredential(
      placed.map((part) => part.login(held)),
      say('ask_no_password', { identity: row.name }),
    ),
    identity: toRef(row),
    username: row.type === 'password-only' ? null : row.username,
  };
}

interface Opening {
  readonly owner: Owner;
  readonly secret: StoredSecret;
}

/** Opens one secret. If it does not open, it was modified outside Gatehouse: that is recorded, and no other secret replaces it. */
async function openStored(
  { vault, change }: IdentityDependencies,
  { caller, entry, identity: { id } }: IdentityGrant,
  { owner, secret }: Opening,
): Promise<Secret> {
  const { field, version, frame } = secret;
  try {
    return await vault.open(slotOf({ id, owner }, field, version), frame);
  } catch (error) {
    const details = { field, version, entryId: entry.id, entryName: entry.name, host: entry.host, port: entry.port };
    const event = { action: 'identity.credentials_access', id, name: null, owner, outcome: 'failed', details } as const;
    await change(caller, ({ record }) => record(identityRecord(event)));
    throw error;
  }
}

/** Records logins with identities and their results, sequentially: on the identity, on the entry's link and in the audit log. */
export async function recordUses(unit: CallerUnitOfWork, uses: readonly IdentityUse[]): Promise<void> {
  for (const use of uses) await recordUse(unit, use);
}

async function recordUse({ trx, now, record, emit }: CallerUnitOfWork, use: IdentityUse): Promise<void> {
  const { identityId, entryId, entryName, outcome, detail, problem } = use;
  const row = await findIdentity(trx, identityId);
  const owner = row && ownerOf(row);
  if (row !== undefined) {
    await markUsed(trx, identityId, now);
    await markLinkUsed(trx, use, now);
  }
  await record(
    identityRecord({
      action: 'identity.use',
      id: identityId,
      name: row?.name ?? null,
      owner,
      outcome,
      details: { entryId, entryName, ...codedFields('detail', detail), ...(problem && { problem }) },
    }),
  );
  if (owner !== undefined) emit({ type: 'identities', owners: [owner] });
}
