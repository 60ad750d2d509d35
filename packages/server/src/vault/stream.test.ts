import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FrameKey } from './envelope.ts';
import type { Binding } from './slot.ts';
import { chunkBytes, openStream, prepareStream, prepareStreamWithId, UnreadableStream } from './stream.ts';

const headerBytes = 52;
const sealedChunkBytes = chunkBytes + 16;

const vectorFile = new URL('../../../../docs/formats/vault-stream-vectors.json', import.meta.url);
const vectors = z
  .object({
    keyId: z.hex(),
    key: z.hex(),
    streamId: z.hex(),
    binding: z.object({
      instanceId: z.string(),
      owner: z.object({ type: z.enum(['account', 'organization', 'system']), id: z.int() }),
      purpose: z.literal('identity'),
      rowId: z.int(),
      field: z.string(),
      version: z.int(),
    }),
    associatedData: z.hex(),
    streamKey: z.hex(),
    streams: z.array(
      z.object({ plaintextBytes: z.int(), sealedBytes: z.int(), sha256: z.hex(), sealed: z.hex().optional() }),
    ),
  })
  .parse(JSON.parse(readFileSync(vectorFile, 'utf8')));
const { binding } = vectors;
const key: FrameKey = { id: hex(vectors.keyId), bytes: hex(vectors.key) };

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

/** What the vectors seal: the lower byte of the position, from 0. */
function counting(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => index));
}

/** The bytes in parts of odd lengths, as networks and files give them. */
async function* inParts(bytes: Buffer, partBytes = 10_007): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += partBytes) {
    await nextTurn();
    yield bytes.subarray(start, start + partBytes);
    yield Buffer.alloc(0);
  }
}

async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const collected: Buffer[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return Buffer.concat(collected);
}

const seal = (plaintext: Buffer, where: Binding = binding) => collect(prepareStream(key, where)(inParts(plaintext)));

const findKey = () => Promise.resolve(key);

interface Opened {
  readonly released: Buffer;
  readonly error: unknown;
}

/** Opens until an error. */
async function open(sealed: Buffer, where: Binding = binding): Promise<Opened> {
  const released: Buffer[] = [];
  let error: unknown;
  try {
    for await (const chunk of openStream(findKey, where, inParts(sealed))) released.push(chunk);
  } catch (thrown) {
    error = thrown;
  }
  return { released: Buffer.concat(released), error };
}

/** The header, and each chunk. */
function split(sealed: Buffer): Buffer[] {
  const parts = [sealed.subarray(0, headerBytes)];
  for (let start = headerBytes; start < sealed.length; start += sealedChunkBytes)
    parts.push(sealed.subarray(start, start + sealedChunkBytes));
  return parts;
}

/** Chunks sealed by the letter of docs/formats/vault.md, also where the sealer would not seal so. */
function sealByHand(chunks: readonly (readonly [plaintext: Buffer, flag: number])[]): Buffer {
  const { instanceId, owner, rowId, field, version, purpose } = binding;
  const texts = [instanceId, owner.type, owner.id, rowId, field, version, purpose].map(String);
  const fields = [Buffer.from('gatehouse vault stream'), Buffer.of(1), Buffer.of(1), key.id];
  const info = Buffer.concat(
    [...fields, ...texts.map((text) => Buffer.from(text))].flatMap((bytes) => [
      Buffer.of(0, 0, 0, bytes.length),
      bytes,
    ]),
  );
  expect(info.toString('hex')).toBe(vectors.associatedData);
  const streamKey = Buffer.from(hkdfSync('sha256', key.bytes, hex(vectors.streamId), info, 32));
  expect(streamKey.toString('hex')).toBe(vectors.streamKey);
  const sealed = chunks.flatMap(([plaintext, flag], counter) => {
    const nonce = Buffer.from([...Buffer.alloc(10), counter, flag]);
    const cipher = createCipheriv('aes-256-gcm', streamKey, nonce, { authTagLength: 16 });
    return [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
  });
  return Buffer.concat([Buffer.from('GS'), Buffer.of(1, 1), key.id, hex(vectors.streamId), ...sealed]);
}

describe('a sealed stream', () => {
  test.each(vectors.streams)('of $plaintextBytes bytes is that of the vectors', async (vector) => {
    const plaintext = counting(vector.plaintextBytes);
    const sealed = await collect(prepareStreamWithId(key, binding, hex(vectors.streamId))(inParts(plaintext)));
    expect(sealed).toHaveLength(vector.sealedBytes);
    expect(createHash('sha256').update(sealed).digest('hex')).toBe(vector.sha256);
    if (vector.sealed !== undefined) expect(sealed.toString('hex')).toBe(vector.sealed);
    expect(await open(sealed)).toEqual({ released: plaintext, error: undefined });
  });

  test('is what the description says, by an implementation of its own', async () => {
    const plaintext = counting(2 * chunkBytes + 3);
    const sealed = sealByHand([
      [plaintext.subarray(0, chunkBytes), 0],
      [plaintext.subarray(chunkBytes, 2 * chunkBytes), 0],
      [plaintext.subarray(2 * chunkBytes), 1],
    ]);
    expect(await open(sealed)).toEqual({ released: plaintext, error: undefined });
    expect(await collect(prepareStreamWithId(key, binding, hex(vectors.streamId))(inParts(plaintext)))).toEqual(sealed);
  });

  test.each([0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes, 3 * chunkBytes + 5])(
    'of %i bytes opens to them',
    async (length) => {
      const plaintext = randomBytes(length);
      expect(await open(await seal(plaintext))).toEqual({ released: plaintext, error: undefined });
    },
  );

  test('has a key of its own each time', async () => {
    const [one, other] = await Promise.all([seal(Buffer.alloc(64)), seal(Buffer.alloc(64))]);
    expect(one.subarray(headerBytes)).not.toEqual(other.subarray(headerBytes));
  });

  test('is sealed once by each sealer', async () => {
    const sealing = prepareStream(key, binding);
    await collect(sealing(inParts(Buffer.alloc(1))));
    expect(() => sealing(inParts(Buffer.alloc(1)))).toThrow('once');
  });
});

describe('opening refuses', () => {
  const plaintext = randomBytes(3 * chunkBytes + 100);
  let sealed: Buffer;
  beforeAll(async () => {
    sealed = await seal(plaintext);
  });

  /** What came out is the beginning of what was sealed, up to the chunk that is wrong. */
  async function expectRefused(changed: Buffer, wholeChunks: number): Promise<void> {
    const { released, error } = await open(changed);
    expect(error).toBeInstanceOf(UnreadableStream);
    expect(released.equals(plaintext.subarray(0, wholeChunks * chunkBytes))).toBe(true);
  }

  test.each([
    ['in the header', 10, 0],
    ['after the header', headerBytes, 0],
    ['in the first chunk', headerBytes + 100, 0],
    ['in a tag', headerBytes + chunkBytes + 3, 0],
    ['after the first chunk', headerBytes + sealedChunkBytes, 0],
    ['after the last full chunk', headerBytes + 3 * sealedChunkBytes, 2],
    ['in the tag of the last chunk', headerBytes + 3 * sealedChunkBytes + 5, 3],
    ['by one byte', headerBytes + 3 * sealedChunkBytes + 115, 3],
  ])('a stream that was cut off %s', async (_where, length, wholeChunks) => {
    await expectRefused(sealed.subarray(0, length), wholeChunks);
  });

  test('chunks in another order', async () => {
    const [header, one, two, ...rest] = split(sealed);
    await expectRefused(join([header, two, one, ...rest]), 0);
    const [head, first, second, third, last] = split(sealed);
    await expectRefused(join([head, first, third, second, last]), 1);
  });

  test('a chunk that comes twice, or is missing', async () => {
    const [header, one, two, three, last] = split(sealed);
    await expectRefused(join([header, one, one, two, three, last]), 1);
    await expectRefused(join([header, one, three, last]), 1);
    await expectRefused(join([header, one, two, three, last, last]), 3);
  });

  test.each([1, 16, 17, sealedChunkBytes])('%i bytes behind its end', async (length) => {
    await expectRefused(Buffer.concat([sealed, Buffer.alloc(length)]), 3);
  });

  test('another stream behind its end', async () => {
    await expectRefused(Buffer.concat([sealed, await seal(Buffer.alloc(10))]), 3);
  });

  test('a chunk of another stream of the same place', async () => {
    const [header, one, , three, last] = split(sealed);
    const [, , foreign] = split(await seal(plaintext));
    await expectRefused(join([header, one, foreign, three, last]), 1);
  });

  test('a chunk with a changed byte', async () => {
    for (const [position, wholeChunks] of [
      [0, 0],
      [sealedChunkBytes + 7, 1],
      [3 * sealedChunkBytes, 3],
    ] as const) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(headerBytes + position) ^ 1, headerBytes + position);
      await expectRefused(changed, wholeChunks);
    }
  });

  test('a header with any bit flipped', async () => {
    const short = await seal(Buffer.from('short'));
    for (let bit = 0; bit < headerBytes * 8; bit++) {
      const flipped = Buffer.from(short);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const opened = await collect(openStream(findKey, binding, Readable.from([flipped]))).catch(
        (error: unknown) => error,
      );
      expect(opened, `bit ${bit}`).toBeInstanceOf(UnreadableStream);
    }
  });

  test.each<[string, Partial<Binding>]>([
    ['installation', { instanceId: '00000000-0000-4000-8000-000000000000' }],
    ['owner', { owner: { type: 'organization', id: 13 } }],
    ['kind of owner', { owner: { type: 'account', id: 12 } }],
    ['row', { rowId: 346 }],
    ['field', { field: 'passphrase' }],
    ['version', { version: 7 }],
    ['purpose', { purpose: 'system' }],
  ])('a stream of another %s', async (_what, difference) => {
    const { released, error } = await open(await seal(Buffer.alloc(100)), { ...binding, ...difference });
    expect(error).toBeInstanceOf(UnreadableStream);
    expect(released).toHaveLength(0);
  });

  test('an empty last chunk, but for an empty stream', async () => {
    const full = Buffer.alloc(chunkBytes);
    const { released, error } = await open(
      sealByHand([
        [full, 0],
        [Buffer.alloc(0), 1],
      ]),
    );
    expect(error).toBeInstanceOf(UnreadableStream);
    expect(released).toEqual(full);
    expect(await open(sealByHand([[Buffer.alloc(0), 1]]))).toEqual({ released: Buffer.alloc(0), error: undefined });
  });

  test('a short chunk that is not the last, and an end without the mark of one', async () => {
    expect(
      (
        await open(
          sealByHand([
            [Buffer.alloc(5), 0],
            [Buffer.alloc(5), 1],
          ]),
        )
      ).error,
    ).toBeInstanceOf(UnreadableStream);
    expect((await open(sealByHand([[Buffer.alloc(5), 0]]))).error).toBeInstanceOf(UnreadableStream);
  });

  test('a stream whose key is not found, and something that is no stream', async () => {
    const failure = new UnreadableStream('the owner has no key of that id');
    const opened = openStream(() => Promise.reject(failure), binding, inParts(sealed));
    await expect(collect(opened)).rejects.toBe(failure);
    for (const nothing of [Buffer.alloc(0), Buffer.from('nonsense'), randomBytes(200)])
      expect((await open(nothing)).error).toBeInstanceOf(UnreadableStream);
  });
});

function join(parts: readonly (Buffer | undefined)[]): Buffer {
  return Buffer.concat(parts.filter((part) => part !== undefined));
}

describe('a stream that is sealed and opened', () => {
  /** Endless zeros; reports how many were read, and whether it was cancelled. */
  function endless() {
    const state = { readBytes: 0, isStopped: false };
    async function* zeros(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          await nextTurn();
          state.readBytes += 1_000;
          yield Buffer.alloc(1_000);
        }
      } finally {
        state.isStopped = true;
      }
    }
    return { state, source: zeros() };
  }

  test('reads its source no further than its reader needs, and ends it with itself', async () => {
    const { state, source } = endless();
    const opened = openStream(findKey, binding, prepareStream(key, binding)(source));
    let openedBytes = 0;
    for await (const chunk of opened) {
      openedBytes += chunk.length;
      expect(state.readBytes - openedBytes).toBeLessThan(3 * chunkBytes);
      if (openedBytes >= 20 * chunkBytes) break;
    }
    expect(state.isStopped).toBe(true);
  });

  test('passes the error of its source on as it is', async () => {
    const failure = new Error('the disk is gone');
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(10);
      await nextTurn();
      throw failure;
    }
    await expect(collect(prepareStream(key, binding)(failing()))).rejects.toBe(failure);
    await expect(collect(openStream(findKey, binding, failing()))).rejects.toBe(failure);
  });

  test('takes bytes alone', async () => {
    const text = Readable.from(['text'], { objectMode: false, encoding: 'utf8' });
    await expect(collect(prepareStream(key, binding)(text))).rejects.toThrow('bytes');
  });
});
