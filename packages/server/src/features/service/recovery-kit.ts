import { getRecoveryKit, type RecoveryKit } from '@gatehouse/contract/service';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../audit/actor.ts';
import { record } from '../../audit/record.ts';
import { requireAdmin } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { serve } from '../../kernel/http/serve.ts';
import type { Vault } from '../../vault/vault.ts';

/** The settings that say where data and key lie. */
interface Places {
  readonly dataDir: string;
  /** Present for PostgreSQL. */
  readonly databaseUrl: unknown;
  readonly encryptionKey: { readonly kind: 'env' } | { readonly kind: 'file'; readonly path: string };
}

interface Dependencies {
  readonly config: Places;
  readonly database: Database;
  readonly vault: Pick<Vault, 'masterKeyId'>;
  readonly version: string;
  readonly now: () => Date;
}

/** What an administrator needs to keep a copy of the master key and to recognize it later. The key itself never leaves by HTTP. */
export function addRecoveryKit(app: FastifyInstance, { config, database, vault, version, now }: Dependencies): void {
  serve(app, getRecoveryKit, async ({ caller, setHeader }) => {
    requireAdmin(caller);
    await database.transaction((trx) =>
      record(trx, {
        actor: actorOf(caller),
        action: 'settings.recovery_kit',
        resource: 'settings',
        resourceId: null,
        resourceName: null,
        organizationId: null,
        outcome: 'ok',
        details: { key: vault.masterKeyId },
      }),
    );
    setHeader('cache-control', 'no-store');
    return {
      version,
      dataDir: config.dataDir,
      database: config.databaseUrl === undefined ? ('sqlite' as const) : ('postgres' as const),
      key: { ...placeOfKey(config), fingerprint: vault.masterKeyId },
      createdAt: now().toISOString(),
    };
  });
}

function placeOfKey({ encryptionKey }: Places): Pick<RecoveryKit['key'], 'source' | 'path'> {
  return encryptionKey.kind === 'file'
    ? { source: 'file', path: encryptionKey.path }
    : { source: 'environment', path: null };
}
