import { scopeSchema, type Scope } from '@gatehouse/contract/scopes';
import { z } from 'zod';
import { actorOf } from '../../audit/actor.ts';
import { record, type AuditEvent } from '../../audit/record.ts';
import { AppError, invalid, notFound, type Refusal } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import type { Activity } from './activity.ts';
import { timestampOf, type Clock } from './clock.ts';
import { deleteApiKey, exists, insertApiKey, listApiKeys } from './repository.ts';
import { newApiKey } from './tokens.ts';

const maxKeys = 100;
const maxLifeMs = 366 * 24 * 3_600_000;

interface Dependencies {
  readonly database: Database;
  readonly events: Events;
  readonly activity: Activity;
  readonly clock: Clock;
}

interface KeyRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** The keys with which programs call for an account. Only sessions come here. */
export function createApiKeys({ database, events, activity, clock }: Dependencies) {
  return {
    async list(caller: Caller) {
      const rows = await listApiKeys(database.read, caller.accountId, maxKeys);
      return rows.map((row) => {
        const pending = activity.pending('api-key', row.id);
        return {
          id: row.id,
          name: row.name,
          keyId: row.key_id,
          scopes: storedScopes(row.scopes),
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          lastUsedAt: pending === undefined ? row.last_used_at : timestampOf(pending),
        };
      });
    },

    /** Makes a key; its token is in this answer only. Throws `invalid_request` for an expiry out of bounds, `conflict` for too many keys. */
    async create(caller: Caller, { name, scopes, expiresAt }: KeyRequest) {
      const createdAt = clock();
      const end = Date.parse(expiresAt);
      if (end <= createdAt) throw invalid('expiresAt', 'must be in the future');
      if (end > createdAt + maxLifeMs) throw invalid('expiresAt', 'must be at most a year ahead');
      const { token, keyId, secretHash } = newApiKey();
      const row = { accountId: caller.accountId, keyId, name, secretHash, scopes, createdAt, expiresAt: end };
      const id = await database.transaction(async (trx) => {
        const existing = await listApiKeys(trx, caller.accountId, maxKeys);
        if (existing.length >= maxKeys)
          throw new AppError('conflict', `An account has at most ${maxKeys} API keys: delete one first.`);
        const keyRowId = await insertApiKey(trx, row);
        const details = { keyId, scopes, expiresAt: timestampOf(end) };
        await record(trx, keyEvent(caller, 'key.create', { resourceId: keyRowId, resourceName: name, details }));
        return keyRowId;
      });
      const times = { createdAt: timestampOf(createdAt), expiresAt: timestampOf(end), lastUsedAt: null };
      return { id, name, keyId, scopes: [...scopes], ...times, token };
    },

    /** Throws `not_found`. */
    async delete(caller: Caller, id: number): Promise<void> {
      const { accountId } = caller;
      await database.transaction(async (trx) => {
        const name = await deleteApiKey(trx, accountId, id);
        if (name === undefined) throw notFound((await exists(trx, 'api_keys', id)) ? refusalOf(id) : undefined);
        await record(trx, keyEvent(caller, 'key.delete', { resourceId: id, resourceName: name, details: {} }));
      });
      events.emit({ type: 'revoked', what: { kind: 'api-key', id, accountId } });
    },
  };
}

/** Scopes that this version does not know any more are worth nothing. */
export function storedScopes(json: string): Scope[] {
  return z
    .array(z.string())
    .parse(JSON.parse(json))
    .flatMap((name) => scopeSchema.safeParse(name).data ?? []);
}

function keyEvent(
  caller: Caller,
  action: string,
  about: Pick<AuditEvent, 'resourceId' | 'resourceName' | 'details'>,
): AuditEvent {
  return { actor: actorOf(caller), action, resource: 'api-key', organizationId: null, outcome: 'ok', ...about };
}

function refusalOf(id: number): Refusal {
  return { action: 'key.delete', resource: 'api-key', resourceId: id, organizationId: null };
}
