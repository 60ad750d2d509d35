import type { Identity, ListIdentitiesQuery } from '@gatehouse/contract/identities';
import type { GenerateKeyBody } from '@gatehouse/contract/generated-keys';
import type { IdentityGrant } from '../../access/authorize-use.ts';
import { systemActor } from '../../audit/actor.ts';
import { notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Db } from '../../kernel/db/database.ts';
import { deleteInBatches } from '../../kernel/db/delete-in-batches.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import type { Rights } from '../../kernel/rights.ts';
import { createOneByOne } from '../../kernel/slices.ts';
import { createIdentity, type NewIdentity } from './create.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { withDraft, type Draft, type DraftBody } from './draft.ts';
import type { IfMatch } from './entity-tag.ts';
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

/** How often generated keys are deleted that were not taken in time. */
const deleteKeysEveryMs = 5 * 60_000;

/** The stored ways to log in. Every method takes the caller first and answers `not_found` for what he cannot see. */
export function createIdentities(dependencies: IdentityDependencies) {
  const { database, change, events, testLogin } = dependencies;
  // Another node's writes send no events here.
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
    /** Takes over a parsed body for as long as `work` runs. */
    withDraft: <T>(body: DraftBody, work: (draft: Draft) => Promise<T>) => withDraft(dependencies.parts, body, work),
    /** Takes over the draft's secrets only to read them; the caller destroys them. */
    create: (caller: Caller, draft: NewIdentity, handling: Handling) =>
      createIdentity(dependencies, caller, draft, handling),
    update: (caller: Caller, change: Omit<Change, 'intent'>) =>
      updateIdentity(dependencies, caller, { ...change, intent: 'update' }),
    /** Gives a personal identity to an organization where the caller is active and manages identities. */
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
    /** Those of the identities that the rights see, by id. */
    visible: (db: Db, rights: Rights, ids: readonly number[]) => visible(db, rights, ids),
    /** Throws `not_found` unless the caller sees the identity; an attempt on somebody else's is recorded. */
    async requireUsable(caller: Caller, id: number): Promise<void> {
      await requireSeen(dependencies, caller, id, 'use');
    },
    /** The means of one login; the intent has to be recorded before a secret is opened. */
    openCredential: (grant: IdentityGrant) => openCredential(dependencies, grant),
    /** The means of one login with what its request brings. Opening a key is work for the account. */
    directCredential: (identity: DirectIdentity, accountId: number): DirectCredential =>
      directCredential(identity, { ...dependencies, accountId }),
    /** The means of a login for which no identity is stored. */
    noCredential,
    /** Records how a login with an identity went. */
    recordUses,
    jobs: [deleteKeys],
  };
}
