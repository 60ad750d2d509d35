import { getRecoveryKit, type RecoveryKit } from '@gatehouse/contract/site';
import type { FastifyInstance } from 'fastify';
import type { Change } from '../../change/change.ts';
import { requireAdmin } from '../../kernel/caller.ts';
import { serve } from '../../kernel/http/serve.ts';
import type { Vault } from '../../vault/vault.ts';

/** The settings for the locations of data and key. */
interface Places {
  readonly dataDir: string;
  /** Only for PostgreSQL. */
  readonly databaseUrl: unknown;
  readonly encryptionKey: { readonly kind: 'env' } | { readonly kind: 'file'; readonly path: string };
}

interface Dependencies {
  readonly config: Places;
  readonly change: Change;
  readonly vault: Pick<Vault, 'masterKeyId'>;
  readonly version: string;
}

/** What an administrator needs to back up the master key and to recognize it later. The key itself never leaves by HTTP. */
export function addRecoveryKit(app: FastifyInstance, { config, change, vault, version }: Dependencies): void {
  serve(app, getRecoveryKit, async ({ caller, setHeader }) => {
    requireAdmin(caller);
    const createdAt = await change(caller, async ({ now, record }) => {
      await record({
        action: 'settings.recovery_kit',
        resource: 'settings',
        resourceId: null,
        resourceName: null,
        organizationId: null,
        outcome: 'ok',
        details: { key: vault.masterKeyId },
      });
      return now;
    });
    setHeader('cache-control', 'no-store');
    return {
      version,
      dataDir: config.dataDir,
      database: config.databaseUrl === undefined ? ('sqlite' as const) : ('postgres' as const),
      key: { ...placeOfKey(config), fingerprint: vault.masterKeyId },
      createdAt,
    };
  });
}

function placeOfKey({ encryptionKey }: Places): Pick<RecoveryKit['key'], 'source' | 'path'> {
  return encryptionKey.kind === 'file'
    ? { source: 'file', path: encryptionKey.path }
    : { source: 'environment', path: null };
}
