import type { GenerateKeyBody } from '@gatehouse/contract/generated-keys';
import type { AuditRecord } from '../../audit/record.ts';
import type { Caller } from '../../kernel/caller.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import type { KeyFacts } from '../../vault/keys/inspection.ts';
import { Secret } from '../../vault/secret.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { countGeneratedKeys, insertGeneratedKey } from './repository.ts';
import { hashHandle, newHandle, generatedKeySlot } from './generated-key.ts';

/** How long a generated key is kept for its identity, in milliseconds. */
const lifetimeMs = 15 * 60_000;

/**
 * Generates a private key that stays here, sealed for the caller, until they name its handle once in a create or an update. Throws `invalid_request`,
 * and `quota_exceeded` if they have too many unused keys.
 */
export async function generateKey(
  { change, vault, keys, settings }: IdentityDependencies,
  caller: Caller,
  { algorithm, bits, comment, passphrase: text }: GenerateKeyBody,
) {
  const passphrase = text === undefined || text === '' ? undefined : Secret.fromText(text);
  const handle = newHandle();
  const place = { accountId: caller.accountId, handleHash: hashHandle(handle) };
  let privateKey: Secret | undefined;
  try {
    const made = await keys.generate({ algorithm, bits, comment, passphrase, accountId: caller.accountId });
    const { facts } = made;
    privateKey = made.privateKey;
    const expiresAt = await change(caller, async ({ trx, now, record }) => {
      requireQuota(settings, 'PENDING_KEYS_PER_ACCOUNT', (await countGeneratedKeys(trx, caller.accountId, now)) + 1);
      const frame = await vault.seal(trx, generatedKeySlot(place, 'sshKey'), made.privateKey);
      const passphraseFrame = passphrase
        ? await vault.seal(trx, generatedKeySlot(place, 'passphrase'), passphrase)
        : null;
      const expiresAt = new Date(Date.parse(now) + lifetimeMs).toISOString();
      await insertGeneratedKey(trx, { ...place, frame, passphraseFrame, expiresAt });
      await record(generationRecord(facts));
      return expiresAt;
    });
    return { ...facts, handle, expiresAt };
  } finally {
    privateKey?.destroy();
    passphrase?.destroy();
  }
}

function generationRecord({ algorithm, bits, fingerprint }: KeyFacts): AuditRecord<'generated-key.create', 'ok'> {
  return {
    action: 'generated-key.create',
    resource: 'key',
    resourceId: null,
    resourceName: fingerprint,
    organizationId: null,
    outcome: 'ok',
    details: { algorithm, bits },
  };
}
