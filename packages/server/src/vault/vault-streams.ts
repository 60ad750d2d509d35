import { Readable } from 'node:stream';
import type { Database, Db, Trx } from '../kernel/db/database.ts';
import type { Keyring } from './keyring.ts';
import type { Slot } from './slot.ts';
import { chunkBytes, openStream, prepareStream, UnreadableStream } from './stream.ts';
import { unreadable } from './unreadable.ts';

interface Options {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly instanceId: string;
}

/** Streams: content that is longer than a secret and not kept in memory as a whole. */
export interface VaultStreams {
  /**
   * Returns the function that seals one stream of bytes of any length (a Node.js or web stream) for one slot, under its own key, derived from the
   * owner key. Read the result after `trx` has committed; at most some chunks of 64 KiB are in memory. Unlike a frame, a stream reveals its length.
   */
  sealStream(trx: Trx, slot: Slot): Promise<(source: AsyncIterable<Uint8Array>) => Readable>;
  /**
   * The bytes of a sealed stream in its slot. Returns only authenticated bytes; that they are complete is known when the result ends. Until then, and
   * if it fails, they are the beginning of what was sealed. Fails with `secret_unreadable` like `open`, and with the errors of the source and the
   * database.
   */
  openStream(slot: Slot, source: AsyncIterable<Uint8Array>, db?: Db): Readable;
}

/** The part of the vault that seals and opens streams. */
export function createVaultStreams({ db, keyring, instanceId }: Options): VaultStreams {
  return {
    async sealStream(trx, slot) {
      const seal = prepareStream(await keyring.keyForSealing(trx, slot.owner), { ...slot, instanceId });
      return (source) => readable(seal(source));
    },
    openStream(slot, source, from = db.read) {
      const findKey = async (keyId: Buffer) => {
        const found = await keyring.find(from, slot.owner);
        return keyring.keyForOpening(found, keyId).catch((cause: unknown) => {
          throw new UnreadableStream('the key of the stream does not open', { cause });
        });
      };
      return readable(translated(slot, openStream(findKey, { ...slot, instanceId }, source)));
    },
  };
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
