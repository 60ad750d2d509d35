import { createHmac, randomFillSync } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError } from '../kernel/app-error.ts';
import type { Database, Db, Trx } from '../kernel/db/database.ts';
import { lengthPrefixed } from './associated-data.ts';
import { checkMasterKey, ensureInstance } from './boot-check.ts';
import { frameKeyId, openFrame, sealFrame } from './envelope.ts';
import type { Kek } from './kek/kek.ts';
import { createKeyring } from './keyring.ts';
import { allocateSecretBytes } from './secret-bytes.ts';
import { Secret } from './secret.ts';
import { createSigner, generateSigningKey, type Signer } from './signer.ts';
import type { Owner, Slot } from './slot.ts';
import { chunkBytes, openStream, prepareStream, UnreadableStream } from './stream.ts';
import { openSystemSecret } from './system-secrets.ts';

const macKeyBytes = 32;

/** The only place that turns secrets into ciphertext and back. */
export interface Vault {
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
   * wrapped key opens, too.
   */
  open(slot: Slot, frame: Buffer, db?: Db): Promise<Secret>;
  /** The secret of a frame for another slot: a move to another owner. Throws like `open`; the old frame does not open in the new slot. */
  reseal(trx: Trx, frame: Buffer, slots: { readonly from: Slot; readonly to: Slot }): Promise<Buffer>;
  /**
   * What seals one stream of bytes of any length (a Node.js or web stream) for one slot, under a key of its own that comes from the owner's. Read the result when
   * `trx` has committed; at most some chunks of 64 KiB are in memory. Unlike that of a frame, the length of a stream can be seen.
   */
  sealStream(trx: Trx, slot: Slot): Promise<(source: AsyncIterable<Uint8Array>) => Readable>;
  /**
   * The bytes of a sealed stream that stands in its slot. Only authenticated bytes come out; that they are all is known when the result ends. Until then,
   * and when it fails, they are the beginning of what was sealed. Fails with `secret_unreadable` like `open`, and with the errors of the source.
   */
  openStream(slot: Slot, source: AsyncIterable<Uint8Array>, db?: Db): Readable;
  /** Destroys the owner's key: when `trx` commits, no secret of the owner opens again. Call it where the owner is deleted. */
  shredOwner(trx: Trx, owner: Owner): Promise<void>;
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
    try {
      if (slot.purpose === 'owner-key') return await kek.unwrap(frame, { ...slot, instanceId });
      const key = await keyring.keyForOpening(from, slot.owner, frameKeyId(frame));
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
    async sealStream(trx, slot) {
      const sealing = prepareStream(await keyring.keyForSealing(trx, slot.owner), { ...slot, instanceId });
      return (source) => readable(sealing(source));
    },
    openStream(slot, source, from = db.read) {
      const findKey = (keyId: Buffer) => keyring.keyForOpening(from, slot.owner, keyId);
      return readable(translated(slot, openStream(findKey, { ...slot, instanceId }, source)));
    },
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

function unreadable({ field }: Slot, cause: unknown): AppError {
  return new AppError('secret_unreadable', `The stored ${field} cannot be opened.`, { cause });
}

/** At most one chunk waits for its reader. */
function readable(chunks: AsyncIterable<Buffer>): Readable {
  return Readable.from(chunks, { objectMode: false, highWaterMark: chunkBytes });
}

async function* translated(slot: Slot, opened: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* opened;
  } catch (error) {
    throw error instanceof UnreadableStream ? unreadable(slot, error) : error;
  }
}
