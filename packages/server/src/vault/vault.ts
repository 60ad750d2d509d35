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

/** The only place that turns secrets into ciphertext and back. */
export interface Vault extends VaultStreams {
  /** The installation's UUID. */
  readonly instanceId: string;
  /** 32 hex digits that name the master key and tell nothing of it. */
  readonly masterKeyId: string;
  /**
   * Seals for one slot, under the owner's key, which is made in `trx` at the first use. The secret stays the caller's to destroy. Throws
   * `payload_too_large` above 64 KiB.
   */
  seal(trx: Trx, slot: Slot, secret: Secret): Promise<Buffer>;
  /**
   * The secret of a frame that stands in its slot; the caller destroys it. Throws `secret_unreadable` for anything else: a changed frame, one
   * from another place or version, a shredded owner. Inside of a transaction give it as `db`, or keys made in it are not found. An owner's
   * wrapped key opens, too. An error of the database comes as it is.
   */
  open(slot: Slot, frame: Buffer, db?: Db): Promise<Secret>;
  /** The secret of a frame for another slot: a move to another owner. Throws like `open`; the old frame does not open in the new slot. */
  reseal(trx: Trx, frame: Buffer, slots: { readonly from: Slot; readonly to: Slot }): Promise<Buffer>;
  /** Destroys the owner's key: when `trx` commits, no secret of the owner opens again. Call it where the owner is deleted. */
  shredOwner(trx: Trx, owner: SecretOwner): Promise<void>;
  /** HMAC-SHA-256 (32 bytes) under a key of this installation; different purposes have unrelated results. */
  mac(purpose: string, data: string | Uint8Array): Buffer;
  /** Signs checkpoints of the audit log. */
  readonly checkpointSigner: Signer;
  /** Rejects when the vault cannot seal or open now. */
  health(): Promise<void>;
}

/**
 * Opens the vault of a migrated database. At the first start gives the installation its UUID, at every other one checks the master key before it
 * writes anything; whether every owner's key is whole is for `checkKeys`, which runs before the migrations. Throws `KeyError` with one line.
 */
export async function createVault({ db, kek }: { readonly db: Database; readonly kek: Kek }): Promise<Vault> {
  const instanceId = await ensureInstance(db, kek);
  // After it, because another node may have made the installation a moment ago with another key.
  await checkMasterKey(db.read, kek, instanceId);
  const keyring = createKeyring({ kek, instanceId });
  const system = { db, keyring, instanceId };
  const checkpointSigner = createSigner(await openSystemSecret(system, 'audit-checkpoint-key', generateSigningKey));
  const macKey = await openSystemSecret(system, 'mac-key', () =>
    Secret.takeBytes(randomFillSync(allocateSecretBytes(macKeyBytes))),
  );

  const open = async (slot: Slot, frame: Buffer, from: Db = db.read): Promise<Secret> => {
    // Before it is tried: that the database does not answer says nothing of the secret.
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
