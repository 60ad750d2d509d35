import type { GenerateKeyBody } from '@gatehouse/contract/generated-keys';
import { actorOf } from '../../audit/actor.ts';
import { record, type AuditEvent } from '../../audit/record.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Trx } from '../../kernel/db/database.ts';
import type { KeyFacts } from '../../vault/keys/inspection.ts';
import { Secret } from '../../vault/secret.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { countWaitingKeys, insertWaitingKey } from './repository.ts';
import { hashHandle, newHandle, waitingSlot } from './waiting-key.ts';

/** How long a generated key waits for its identity, in milliseconds. */
const waitingMs = 15 * 60_000;
/** How many generated keys of one account may wait. */
const maxWaiting = 20;

/**
 * Makes a private key that stays here, sealed for the caller, until he names its handle once in a create or an update. Throws
 * `invalid_request`, and `too_many_requests` while too many of his keys wait.
 */
export async function generateKey(
  { database, vault, keys }: IdentityDependencies,
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
      await refuseHoarding(trx, caller.accountId);
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

async function refuseHoarding(trx: Trx, accountId: number): Promise<void> {
  if ((await countWaitingKeys(trx, accountId)) < maxWaiting) return;
  throw new AppError('too_many_requests', 'Too many generated keys wait to be stored.', {
    retryAfterS: waitingMs / 1_000,
  });
}

function generationEvent(caller: Caller, { algorithm, bits, fingerprint }: KeyFacts): AuditEvent {
  return {
    actor: actorOf(caller),
    action: 'key.generate',
    resource: 'key',
    resourceId: null,
    resourceName: fingerprint,
    organizationId: null,
    outcome: 'ok',
    details: { algorithm, bits },
  };
}
