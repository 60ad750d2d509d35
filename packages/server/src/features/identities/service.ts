import type { Identity, ListIdentitiesQuery } from '@gatehouse/contract/identities';
import type { GenerateKeyBody } from '@gatehouse/contract/generated-keys';
import type { IdentityGrant } from '../../access/authorize-use.ts';
import { systemActor } from '../../audit/actor.ts';
import { notFound } from '../../kernel/app-error.ts';
import type { IfMatch } from '../../kernel/http/entity-tag.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Db } from '../../kernel/db/database.ts';
import { deleteInBatches } from '../../kernel/db/delete-in-batches.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import type { Rights } from '../../kernel/rights.ts';
import { createOneByOne } from '../../kernel/slices.ts';
import { createIdentity, type NewIdentity } from './create.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { withDraft, type Draft, type DraftBody } from './draft.ts';
import { generateKey } from './generate.ts';
import { directCredential, noCredential, type DirectCredential, type DirectIdentity } from './login-credential.ts';
import { createListCache } from './list-cache.ts';
import type { Handling } from './prefer.ts';
import { getIdentity, list, requireSeen, usage } from './read.ts';
import { removeIdentity } from './remove.ts';
import { deleteExpiredGeneratedKeys } from './repository.ts';
import { updateIdentity, type Change } from './update.ts';
import { openCredential, recordUses, visible } from './use.ts';

export type { IdentityDependencies, LoginReport } from './dependencies.ts';
export type { DirectCredential, DirectIdentity, LoginCredential } from './login-credential.ts';
export type { Ask } from './parts/part.ts';
export type { IdentityCredential, IdentityUse } from './use.ts';

export type Identities = ReturnType<typeof createIdentities>;

/** How often unused generated keys are deleted. */
const deleteKeysEveryMs = 5 * 60_000;

/** Stored identities. Every method takes the caller first and answers `not_found` if they cannot see the identity. */
export function createIdentities(dependencies: IdentityDependencies) {
  const { database, change, events, testLogin } = dependencies;
  // With several nodes, writes of another node may be missed, so nothing is cached.
  const cache = database.engine === 'sqlite' ? createListCache(events) : undefined;
  const deleteKeys: Job = {
    name: 'identities.delete-expired-keys',
    everyMs: deleteKeysEveryMs,
    scope: 'cluster',
    run: (signal) =>
      deleteInBatches(signal, (atMost) =>
        change.by(systemActor, ({ trx, now }) => deleteExpiredGeneratedKeys(trx, now, atMost)),
      ),
  };
  const listing = { ...dependencies, longLists: createOneByOne() };
  return {
    list: (caller: Caller, query: ListIdentitiesQuery) => list(listing, cache, caller, query),
    get: (caller: Caller, id: number) => getIdentity(dependencies, caller, id),
    usage: (caller: Caller, id: number) => usage(dependencies, caller, id),
    /** Owns the secrets of a parsed body while `work` runs. */
    withDraft: <T>(body: DraftBody, work: (draft: Draft) => Promise<T>) => withDraft(dependencies.parts, body, work),
    /** Only reads the draft's secrets; the caller destroys them. */
    create: (caller: Caller, draft: NewIdentity, handling: Handling) =>
      createIdentity(dependencies, caller, draft, handling),
    update: (caller: Caller, change: Omit<Change, 'intent'>) =>
      updateIdentity(dependencies, caller, { ...change, intent: 'update' }),
    /** Moves a personal identity to an organization in which the caller is active and manages identities. */
    async move(caller: Caller, id: number, organizationId: number): Promise<Identity> {
      const { identity } = await withDraft(dependencies.parts, { organizationId }, (draft) =>
        updateIdentity(dependencies, caller, { id, draft, intent: 'move', handling: 'lenient', ifMatch: 'any' }),
      );
      if (identity === undefined) throw notFound();
      return identity;
    },
    remove: (caller: Caller, id: number, ifMatch: IfMatch) => removeIdentity(dependencies, caller, id, ifMatch),
    generateKey: (caller: Caller, order: GenerateKeyBody) => generateKey(dependencies, caller, order),
    async test(caller: Caller, identityId: number, entryId: number) {
      await requireSeen(dependencies, caller, identityId, 'use');
      return testLogin(caller, { entryId, identityId });
    },
    /** Those of the identities that are visible with these rights, by id. */
    visible: (db: Db, rights: Rights, ids: readonly number[]) => visible(db, rights, ids),
    /** Throws `not_found` unless the caller sees the identity; an attempt on one of another owner is recorded. */
    async requireUsable(caller: Caller, id: number): Promise<void> {
      await requireSeen(dependencies, caller, id, 'use');
    },
    /** The credential for one login; its intent must be recorded before a secret is opened. */
    openCredential: (grant: IdentityGrant) => openCredential(dependencies, grant),
    /** The credential for one login that its request contains. Opening a key counts as work for the account. */
    directCredential: (identity: DirectIdentity, accountId: number): DirectCredential =>
      directCredential(identity, { ...dependencies, accountId }),
    /** The credential of a login without a stored identity. */
    noCredential,
    /** Records the result of a login with an identity. */
    recordUses,
    jobs: [deleteKeys],
  };
}
