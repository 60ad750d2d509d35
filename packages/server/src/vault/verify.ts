import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';
import type { Db } from '../kernel/db/database.ts';
import type { Schema, SecretField } from '../kernel/db/schema.ts';
import { ownerOf } from '../kernel/owner.ts';
import type { Secret } from './secret.ts';
import type { Slot } from './slot.ts';

/** What `verifySecrets` found. */
export interface VaultReport {
  /** How many secrets opened. */
  readonly opened: number;
  readonly problems: readonly VaultProblem[];
}

/** A stored secret that is not what was last written. */
export interface VaultProblem {
  readonly identityId: number;
  readonly field: string;
  /** `rolled-back`: it opens, and the audit log knows a newer version. `missing`: the audit log knows one, and there is none. */
  readonly problem: 'unreadable' | 'rolled-back' | 'missing';
}

/** `Vault.open` as this file needs it. */
type OpenSecret = (slot: Slot, frame: Buffer) => Promise<Secret>;

interface StoredIdentity {
  readonly id: number;
  readonly account_id: number | null;
  readonly organization_id: number | null;
}
type StoredSecret = Schema['identity_secrets'];

/** The newest recorded version of each secret, by identity and field; null where it was destroyed. */
type Versions = Map<number, Record<string, number | null>>;

const identitiesPerPage = 100;
const entriesPerPage = 2_000;

/** The part of an audit entry's details that says which versions of secrets it wrote (docs/formats/audit.md). */
const detailsSchema = z.object({ secretVersions: z.record(z.string(), z.number().int().nullable()).default({}) });

/**
 * Opens every identity's secrets and compares their versions with those that the audit log recorded, so that an older valid row that was put
 * back is found. Trusts the audit log: verify its chain first.
 */
export async function verifySecrets(db: Db, open: OpenSecret): Promise<VaultReport> {
  const recorded: Versions = new Map();
  const readUpTo = await readVersions(db, 0, recorded);
  const problems: VaultProblem[] = [];
  let opened = 0;
  for await (const { identity, secrets } of readIdentities(db)) {
    const versions = recorded.get(identity.id) ?? {};
    for (const secret of secrets) {
      const problem = await examine(open, identity, secret, versions[secret.field] ?? 0);
      if (problem !== 'unreadable') opened++;
      if (problem !== undefined) problems.push({ identityId: identity.id, field: secret.field, problem });
    }
    problems.push(...findMissing(identity.id, secrets, versions));
  }
  // What was changed while this ran is no longer what was read.
  const changed: Versions = new Map();
  await readVersions(db, readUpTo, changed);
  return { opened, problems: problems.filter(({ identityId }) => !changed.has(identityId)) };
}

async function examine(
  open: OpenSecret,
  identity: StoredIdentity,
  secret: StoredSecret,
  recordedVersion: number,
): Promise<'unreadable' | 'rolled-back' | undefined> {
  try {
    const opened = await open(toSlot(identity, secret), secret.frame);
    opened.destroy();
  } catch (error) {
    if (error instanceof AppError && error.code === 'secret_unreadable') return 'unreadable';
    throw error;
  }
  return secret.version < recordedVersion ? 'rolled-back' : undefined;
}

function toSlot(identity: StoredIdentity, { field, version }: StoredSecret): Slot {
  return { owner: ownerOf(identity), purpose: 'identity', rowId: identity.id, field, version };
}

function findMissing(
  identityId: number,
  secrets: readonly StoredSecret[],
  versions: Record<string, number | null>,
): VaultProblem[] {
  const there = new Set<string>(secrets.map(({ field }): SecretField => field));
  return Object.entries(versions)
    .filter(([field, version]) => version !== null && !there.has(field))
    .map(([field]) => ({ identityId, field, problem: 'missing' }));
}

async function* readIdentities(
  db: Db,
): AsyncGenerator<{ readonly identity: StoredIdentity; readonly secrets: readonly StoredSecret[] }> {
  let after = 0;
  for (;;) {
    const page = await db
      .selectFrom('identities')
      .select(['id', 'account_id', 'organization_id'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(identitiesPerPage)
      .execute();
    const last = page.at(-1);
    if (last === undefined) return;
    const secrets = await db
      .selectFrom('identity_secrets')
      .selectAll()
      .where('identity_id', '>', after)
      .where('identity_id', '<=', last.id)
      .execute();
    const byIdentity = Map.groupBy(secrets, ({ identity_id }) => identity_id);
    for (const identity of page) yield { identity, secrets: byIdentity.get(identity.id) ?? [] };
    after = last.id;
    await setImmediate();
  }
}

/** Adds the versions of the entries after number `after`; resolves to the number of the last entry that was looked at. */
async function readVersions(db: Db, after: number, versions: Versions): Promise<number> {
  const newest = await db.selectFrom('audit_log').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const head = newest?.seq ?? 0;
  for (let from = after; from < head; from += entriesPerPage) {
    const page = await db
      .selectFrom('audit_log')
      .select(['resource_id', 'details'])
      .where('seq', '>', from)
      .where('seq', '<=', Math.min(from + entriesPerPage, head))
      .where('resource', '=', 'identity')
      .orderBy('seq')
      .execute();
    for (const { resource_id, details } of page) {
      if (resource_id === null) continue;
      const { secretVersions } = detailsSchema.parse(JSON.parse(details));
      if (Object.keys(secretVersions).length > 0)
        versions.set(resource_id, { ...versions.get(resource_id), ...secretVersions });
    }
    await setImmediate();
  }
  return head;
}
