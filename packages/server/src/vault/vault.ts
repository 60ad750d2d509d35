import { createHmac, randomFillSync } from 'node:crypto';
import type { Database, Db, Trx } from '../kernel/db/database.ts';
import { lengthPrefixed } from './associated-data.ts';
import { checkMasterKey, ensureInstance } from './boot-check.ts';
import { frameKeyId, openFrame, sealFrame } from './envelope.ts';
import type { Kek } from './kek/kek.ts';
import { createKeyring } from './keyring.ts';
import { allocateSecretBytes } from './secret-bytes.ts';
import { Secret } from './secret.ts';
import { createSigner, generateSigningKey, type Signer } from './signer.ts';
import type { SecretOwner, Slot } from './slot.ts';
import { openSystemSecret } from './system-secrets.ts';
import { unreadable } from './unreadable.ts';
import { createVaultStreams, type VaultStreams } from './vault-streams.ts';

const macKeyBytes = 32;

/** Seals and opens secrets; only the vault does. */
export interface Vault extends VaultStreams {
  /** The installation's UUID. */
  readonly instanceId: string;
  /** 32 hex digits that identify the master key and reveal nothing about it. */
  readonly masterKeyId: string;
  /**
   * Seals for one slot, under the owner key, which is created in `trx` at the first use. The caller destroys the secret. Throws `payload_too_large`
   * above 64 KiB.
   */
  seal(trx: Trx, slot: Slot, secret: Secret): Promise<Buffer>;
  /**
   * Opens the secret of a frame in its slot; the caller destroys it. Throws `secret_unreadable` for anything else: a changed frame, one from another
   * slot or version, a shredded owner. Inside a transaction pass it as `db`, otherwise keys that it created are not found. Also opens an owner's
   * wrapped key. Errors of the database are rethrown unchanged.
   */
  open(slot: Slot, frame: Buffer, db?: Db): Promise<Secret>;
  /** Reseals the secret of a frame for another slot: a move to another owner. Throws like `open`; the old frame does not open in the new slot. */
  reseal(trx: Trx, frame: Buffer, slots: { readonly from: Slot; readonly to: Slot }): Promise<Buffer>;
  /** Destroys the owner key: after the commit of `trx`, no secret of the owner opens again. Call it when the owner is deleted. */
  shredOwner(trx: Trx, owner: SecretOwner): Promise<void>;
  /** HMAC-SHA-256 (32 bytes) under a key of this installation; different purposes have unrelated results. */
  mac(purpose: string, data: string | Uint8Array): Buffer;
  /** Signs checkpoints of the audit log. */
  readonly checkpointSigner: Signer;
  /** Rejects if the vault cannot seal or open now. */
  health(): Promise<void>;
}

/**
 * Opens the vault of a migrated database. At the first start creates the installation's UUID, later checks the master key before it writes anything.
 * `checkKeys`, which runs before the migrations, checks the owner keys. Throws `KeyError` with one line.
 */
export async function createVault({ db, kek }: { readonly db: Database; readonly kek: Kek }): Promise<Vault> {
  const instanceId = await ensureInstance(db, kek);
  // Afterwards, because another node may just have created the installation with another key.
  await checkMasterKey(db.read, kek, instanceId);
  const keyring = createKeyring({ kek, instanceId });
  const system = { db, keyring, instanceId };
  const checkpointSigner = createSigner(await openSystemSecret(system, 'audit-checkpoint-key', generateSigningKey));
  const macKey = await openSystemSecret(system, 'mac-key', () =>
    Secret.takeBytes(randomFillSync(allocateSecretBytes(macKeyBytes))),
  );

  const open = async (slot: Slot, frame: Buffer, from: Db = db.read): Promise<Secret> => {
    // Read first: an unreachable database says nothing about the secret.
    const found = slot.purpose === 'owner-key' ? undefined : await keyring.find(from, slot.owner);
    try {
      if (slot.purpose === 'owner-key') return await kek.unwrap(frame, { ...slot, instanceId });
      const key = await keyring.keyForOpening(found, frameKeyId(frame));
      return openFrame(key, { ...slot, instanceId }, frame);
    } catch (cause) {
      throw unreadable(slot, cause);
    }
  };

  const seal = async (trx: Trx, slot: Slot, secret: Secret): Promise<Buffer> => {
    const key = await keyring.keyForSealing(trx, slot.owner);
    return secret.expose((plaintext) => sealFrame(key, { ...slot, instanceId }, plaintext));
  };

  return {
    instanceId,
    masterKeyId: kek.keyId(),
    seal,
    open,
    async reseal(trx, frame, { from, to }) {
      const secret = await open(from, frame, trx);
      try {
        return await seal(trx, to, secret);
      } finally {
        secret.destroy();
      }
    },
    ...createVaultStreams(system),
    shredOwner: (trx, owner) => keyring.shred(trx, owner),
    mac: (purpose, data) =>
      macKey.expose((key) =>
        createHmac('sha256', key)
          .update(lengthPrefixed([Buffer.from('gatehouse mac'), Buffer.from(purpose)]))
          .update(data)
          .digest(),
      ),
    checkpointSigner,
    health: () => kek.health(),
  };
}
