import type { GenerateKeyBody } from '@gatehouse/contract/generated-keys';
import { actorOf } from '../../audit/actor.ts';
import { record, type AuditEvent } from '../../audit/record.ts';
import type { Caller } from '../../kernel/caller.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import type { KeyFacts } from '../../vault/keys/inspection.ts';
import { Secret } from '../../vault/secret.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { countWaitingKeys, insertWaitingKey } from './repository.ts';
import { hashHandle, newHandle, waitingSlot } from './waiting-key.ts';

/** How long a generated key waits for its identity, in milliseconds. */
const waitingMs = 15 * 60_000;

/**
 * Makes a private key that stays here, sealed for the caller, until he names its handle once in a create or an update. Throws
 * `invalid_request`, and `quota_exceeded` while too many of their keys wait.
 */
export async function generateKey(
  { database, vault, keys, settings }: IdentityDependencies,
  caller: Caller,
  { algorithm, bits, comment, passphrase: text }: GenerateKeyBody,
) {
  const passphrase = text === undefined || text === '' ? undefined : Secret.fromText(text);
  const handle = newHandle();
  const place = { accountId: caller.accountId, handleHash: hashHandle(handle) };
  const expiresAt = new Date(Date.now() + waitingMs).toISOString();
  let privateKey: Secret | undefined;
  try {
    const made = await keys.generate({ algorithm, bits, comment, passphrase, accountId: caller.accountId });
    const { facts } = made;
    privateKey = made.privateKey;
    await database.transaction(async (trx) => {
      requireQuota(settings, 'PENDING_KEYS_PER_ACCOUNT', (await countWaitingKeys(trx, caller.accountId)) + 1);
      const frame = await vault.seal(trx, waitingSlot(place, 'sshKey'), made.privateKey);
      const passphraseFrame = passphrase ? await vault.seal(trx, waitingSlot(place, 'passphrase'), passphrase) : null;
      await insertWaitingKey(trx, { ...place, frame, passphraseFrame, expiresAt });
      await record(trx, generationEvent(caller, facts));
    });
    return { ...facts, handle, expiresAt };
  } finally {
    privateKey?.destroy();
    passphrase?.destroy();
  }
}

function generationEvent(
  caller: Caller,
  { algorithm, bits, fingerprint }: KeyFacts,
): AuditEvent<'generated-key.create', 'ok'> {
  return {
    actor: actorOf(caller),
    action: 'generated-key.create',
    resource: 'key',
    resourceId: null,
    resourceName: fingerprint,
    organizationId: null,
    outcome: 'ok',
    details: { algorithm, bits },
  };
}
