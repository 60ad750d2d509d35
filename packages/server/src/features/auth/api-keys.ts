import { scopeSchema, type Scope } from '@gatehouse/contract/scopes';
import { z } from 'zod';
import type { DetailsOf } from '@gatehouse/contract/audit-actions';
import { say } from '@gatehouse/contract/messages/message';
import type { CallerUnitOfWork, Change } from '../../change/change.ts';
import { invalid, notFound, refuse, type Refusal } from '../../kernel/app-error.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Activity } from './activity.ts';
import { timestampOf, type Clock } from './clock.ts';
import { confirmPassword } from './confirm-password.ts';
import type { CountedAttempt, Limiter } from './limiter.ts';
import {
  deleteApiKey,
  exists,
  findSignInAccountById,
  getSignInAccount,
  insertApiKey,
  isActiveAdmin,
  isSignedIn,
  listApiKeys,
  type SignInAccount,
} from './repository.ts';
import { newApiKey } from './tokens.ts';

/** A safety limit for a list without pages. */
const maxListed = 10_000;
const maxLifeMs = 366 * 24 * 3_600_000;

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly settings: Settings;
  readonly activity: Activity;
  readonly hasher: PasswordHasher;
  readonly limiter: Limiter;
  readonly clock: Clock;
}

interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601. */
  readonly expiresAt: string;
  /** The caller destroys it; undefined if the request has none. */
  readonly currentPassword: Secret | undefined;
}

/** The API keys of accounts. Only callers with a sign-in may use this. */
export function createApiKeys(dependencies: Dependencies) {
  const { database, change, settings, clock } = dependencies;

  return {
    list: (caller: Caller) => list(dependencies, caller.accountId),

    /**
     * Creates a key; only this answer contains its token. Throws `invalid_request` for an expiry out of bounds, `invalid_credentials` if the current
     * password is missing or wrong, `too_many_requests`, and `quota_exceeded` for too many keys.
     */
    async create(caller: Caller, request: KeyRequest) {
      const createdAt = clock();
      const end = endOf(request, createdAt);
      const { name, scopes } = request;
      const confirmed = await confirm(dependencies, caller, request);
      const { token, keyId, secretHash } = newApiKey();
      const row = { accountId: caller.accountId, keyId, name, secretHash, scopes, createdAt, expiresAt: end };
      const id = await change(caller, async ({ trx, record }) => {
        await refuseChanged(trx, caller, confirmed.account);
        await dependencies.limiter.giveBack(trx, confirmed.counted);
        const most = settings.get('API_KEYS_PER_ACCOUNT');
        const existing = await listApiKeys(trx, caller.accountId, most);
        requireQuota(settings, 'API_KEYS_PER_ACCOUNT', existing.length + 1);
        const keyRowId = await insertApiKey(trx, row);
        const details = { keyId, scopes, expiresAt: timestampOf(end) };
        await record({ ...creationOf({ id: keyRowId, name }), outcome: 'ok', details });
        return keyRowId;
      });
      const times = { createdAt: timestampOf(createdAt), expiresAt: timestampOf(end) };
      return { id, name, keyId, scopes: [...scopes], ...times, lastUsedAt: null, lastUsedIp: null, token };
    },

    /** Throws `not_found`. */
    async delete(caller: Caller, id: number): Promise<void> {
      const { accountId } = caller;
      await change(caller, (unit) => remove(unit, { id, accountId, details: {} }));
    },

    /** The keys of any account, for administrators. Throws `forbidden`, `not_found`. */
    async listOf(caller: Caller, accountId: number) {
      requireAdmin(caller);
      await getSignInAccount(database.read, accountId);
      return list(dependencies, accountId);
    },

    /** Deletes a key of any account, for administrators. Throws `forbidden`, `not_found`. */
    async deleteOf(caller: Caller, accountId: number, id: number): Promise<void> {
      requireAdmin(caller);
      await change(caller, (unit) => removeManaged(unit, { id, accountId }));
    },
  };
}

async function list({ database, activity }: Dependencies, accountId: number) {
  const rows = await listApiKeys(database.read, accountId, maxListed);
  return rows.map((row) => {
    const pending = activity.pending({ type: 'api-key', id: row.id });
    return {
      id: row.id,
      name: row.name,
      keyId: row.key_id,
      scopes: storedScopes(row.scopes),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      lastUsedAt: pending === undefined ? row.last_used_at : timestampOf(pending.at),
      lastUsedIp: pending === undefined ? row.last_used_ip : pending.ip,
    };
  });
}

/** In milliseconds since 1970. */
function endOf({ expiresAt }: KeyRequest, now: number): number {
  const end = Date.parse(expiresAt);
  if (end <= now) throw invalid('expiresAt', say('not_in_the_future'));
  if (end > now + maxLifeMs) throw invalid('expiresAt', say('too_far_ahead'));
  return end;
}

interface Confirmed {
  readonly account: SignInAccount;
  readonly counted: CountedAttempt;
}

/** Requires the password: a key outlives the sign-in that created it, so a stolen sign-in must not be enough. */
async function confirm(dependencies: Dependencies, caller: Caller, request: KeyRequest): Promise<Confirmed> {
  const { name, currentPassword } = request;
  const account = await getSignInAccount(dependencies.database.read, caller.accountId);
  const attempt = creationOf({ id: null, name });
  const counted = await dependencies.hasher.run((passwords) =>
    confirmPassword(dependencies, { caller, account, currentPassword, passwords, attempt }),
  );
  return { account, counted };
}

/** While the password was checked, it may have been replaced, or the sign-in ended. These end all keys, so no new one may be created after them. */
async function refuseChanged(trx: Trx, caller: Caller, account: SignInAccount): Promise<void> {
  const current = await findSignInAccountById(trx, account.id);
  if (current?.password_hash === account.password_hash && (await isSignedIn(trx, caller))) return;
  throw refuse('account_changed_meanwhile');
}

async function removeManaged(unit: CallerUnitOfWork, { id, accountId }: Omit<Removal, 'details'>): Promise<void> {
  const { trx, caller } = unit;
  requireAdmin({ ...caller, isAdmin: await isActiveAdmin(trx, caller.accountId) });
  const { username } = await getSignInAccount(trx, accountId);
  await remove(unit, { id, accountId, details: { accountId, username } });
}

interface Removal {
  readonly id: number;
  readonly accountId: number;
  readonly details: DetailsOf<'api-key.delete', 'ok'>;
}

async function remove({ trx, record, emit }: CallerUnitOfWork, { id, accountId, details }: Removal): Promise<void> {
  const name = await deleteApiKey(trx, accountId, id);
  if (name === undefined) throw notFound((await exists(trx, { type: 'api-key', id })) ? refusalOf(id) : undefined);
  await record({ ...aboutKey({ id, name }), action: 'api-key.delete', outcome: 'ok', details });
  emit({ type: 'revoked', what: { kind: 'api-key', id, accountId } });
}

/** Scopes that this version does not know are ignored. */
export function storedScopes(json: string): Scope[] {
  return z
    .array(z.string())
    .parse(JSON.parse(json))
    .flatMap((name) => scopeSchema.safeParse(name).data ?? []);
}

function creationOf(key: NamedKey) {
  return { ...aboutKey(key), action: 'api-key.create' } as const;
}

interface NamedKey {
  /** Null for a key that was not created. */
  readonly id: number | null;
  readonly name: string;
}

function aboutKey({ id, name }: NamedKey) {
  return {
    resource: 'api-key',
    resourceId: id,
    resourceName: name,
    organizationId: null,
  } as const;
}

function refusalOf(id: number): Refusal<'api-key.delete'> {
  return { action: 'api-key.delete', resource: 'api-key', resourceId: id, organizationId: null };
}
