import type { MessageCode } from '@gatehouse/contract/messages/message';
import { identityKeySchema } from '@gatehouse/contract/identities';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import type { IdentityGrant } from '../../access/authorize-use.ts';
import type { IdentityRef } from '../../access/decide-identity.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { CallerUnitOfWork } from '../../change/change.ts';
import type { Db } from '../../kernel/db/database.ts';
import { ownerOf, type Owner } from '../../kernel/owner.ts';
import { sees, type Rights } from '../../kernel/rights.ts';
import type { SigningKey } from '../../vault/keys/signing-key.ts';
import type { Secret } from '../../vault/secret.ts';
import { slotOf } from './credential.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { places, requireVisible } from './policy.ts';
import { requireSeen } from './read.ts';
import {
  findIdentities,
  findIdentity,
  markUsed,
  secretsOf,
  type IdentityRow,
  type StoredSecret,
} from './repository.ts';
import { identityRecord } from './trail.ts';

/** What an identity lacks for a login; the code of the words for it. */
export type Lack = Extract<MessageCode, 'lacks_key' | 'lacks_readable_key' | 'lacks_passphrase' | 'lacks_password'>;

/**
 * The means of one login. Secrets are opened one by one, when their turn comes; each opening repeats the
 * whole decision on the login, so that none leaves after the identity was deleted, the caller removed, or the entry changed. Who opened one destroys it.
 */
export interface IdentityCredential {
  readonly identity: IdentityRef;
  readonly username: string | null;
  /** What can be opened and used as it is stored. */
  readonly has: { readonly key: boolean; readonly password: boolean };
  /** There is a key, and only its passphrase is missing or wrong. */
  readonly keyIsLocked: boolean;
  /** What a login would want and is not stored, in words for a person. */
  readonly missing: readonly Lack[];
  /** With a passphrase that somebody typed for this one time, instead of the stored one; whoever gives it destroys it. */
  openKey(passphrase?: Secret): Promise<SigningKey | undefined>;
  openPassword(): Promise<Secret | undefined>;
}

/** The result of a login with an identity. */
export interface IdentityUse {
  readonly identityId: number;
  readonly entryId: number;
  readonly entryName: string;
  readonly outcome: 'ok' | 'failed';
  /** Why it failed or how it went, for a person; never a secret. */
  readonly detail: string;
  /** The slug of what went wrong. */
  readonly problem?: ProblemCode | undefined;
}

/** Those of the identities that exist and that the rights see, by id. */
export async function visible(db: Db, rights: Rights, ids: readonly number[]): Promise<readonly IdentityRef[]> {
  const rows = await findIdentities(db, ids);
  return rows.filter((row) => sees(rights, ownerOf(row))).map(toRef);
}

function toRef(row: IdentityRow): IdentityRef {
  const { id, name, username, type } = row;
  return { id, name, username, type, owner: ownerOf(row) };
}

/** Throws `not_found` where the caller does not see the identity any more. */
export async function openCredential(
  dependencies: IdentityDependencies,
  grant: IdentityGrant,
): Promise<IdentityCredential> {
  const { database } = dependencies;
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
  return {
    identity: toRef(row),
    username: row.type === 'password-only' ? null : row.username,
    has: { key: keyStatus(row) === 'ready', password: stored.has('password') },
    keyIsLocked: keyStatus(row) === 'locked',
    missing: missingOf(row, stored),
    openPassword: () => open('password'),
    openKey: (passphrase) => openKey(dependencies, { open, requireStill, passphrase, accountId: caller.accountId }),
  };
}

interface Opening {
  readonly owner: Owner;
  readonly secret: StoredSecret;
}

/** Opens one secret. One that does not open was changed from outside: that is recorded, and nothing takes its place. */
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

interface KeyOpening {
  readonly open: (field: SecretField) => Promise<Secret | undefined>;
  readonly requireStill: () => Promise<unknown>;
  readonly passphrase: Secret | undefined;
  readonly accountId: number;
}

async function openKey(
  { keys }: IdentityDependencies,
  { open, requireStill, passphrase, accountId }: KeyOpening,
): Promise<SigningKey | undefined> {
  const key = await open('sshKey');
  if (key === undefined) return undefined;
  let stored: Secret | undefined;
  let signing: SigningKey | undefined;
  try {
    if (passphrase === undefined) stored = await open('passphrase');
    signing = await keys.open(key, passphrase ?? stored, accountId);
    // Opening can take seconds, and what was deleted meanwhile is not used any more.
    await requireStill();
    return signing;
  } catch (error) {
    signing?.[Symbol.dispose]();
    throw error;
  } finally {
    key.destroy();
    stored?.destroy();
  }
}

function keyStatus({ key_facts }: IdentityRow) {
  return key_facts === null ? 'missing' : identityKeySchema.parse(JSON.parse(key_facts)).status;
}

function missingOf(row: IdentityRow, stored: ReadonlySet<SecretField>): readonly Lack[] {
  const lacks: Lack[] = [];
  if (places[row.type].includes('sshKey')) {
    const status = keyStatus(row);
    if (status === 'missing') lacks.push('lacks_key');
    if (status === 'unreadable') lacks.push('lacks_readable_key');
    if (status === 'locked') lacks.push('lacks_passphrase');
  }
  if (places[row.type].includes('password') && !stored.has('password')) lacks.push('lacks_password');
  return lacks;
}

/** Records logins with identities and their results, one after the other: on the identity, on the entry's link and in the audit log. */
export async function recordUses(unit: CallerUnitOfWork, uses: readonly IdentityUse[]): Promise<void> {
  for (const use of uses) await recordUse(unit, use);
}

async function recordUse({ trx, now, record, emit }: CallerUnitOfWork, use: IdentityUse): Promise<void> {
  const { identityId, entryId, entryName, outcome, detail, problem } = use;
  const row = await findIdentity(trx, identityId);
  const owner = row && ownerOf(row);
  if (row !== undefined) await markUsed(trx, use, now);
  await record(
    identityRecord({
      action: 'identity.use',
      id: identityId,
      name: row?.name ?? null,
      owner,
      outcome,
      details: { entryId, entryName, detail, ...(problem && { problem }) },
    }),
  );
  if (owner !== undefined) emit({ type: 'identities', owners: [owner] });
}
