import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { associatedData, type FrameHeader } from './associated-data.ts';
import type { FrameKey } from './envelope.ts';
import { cut } from './pieces.ts';
import { allocateSecretBytes } from './secret-bytes.ts';
import type { Binding } from './slot.ts';

/*
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015) as age
 * uses it: a key per stream, chunks of 64 KiB, nonces of a counter and a flag that only the last chunk has.
 */

const magic = Buffer.from('GS');
const formatVersion = 1;
const aes256GcmHkdfSha256 = 1;
const keyIdStart = 4;
const streamIdStart = 20;
const streamIdBytes = 32;
const headerBytes = streamIdStart + streamIdBytes;
const keyBytes = 32;
const nonceBytes = 12;
/** The low bytes of the counter, which has 11: as many as a JavaScript number can count exactly. */
const counterStart = 5;
const counterBytes = 6;
const tagBytes = 16;

/** The content of a chunk; only the last one is shorter. */
export const chunkBytes = 65_536;

/** The stream is incomplete, was changed, or has another slot. The message says what is wrong, and nothing about the content. */
export class UnreadableStream extends Error {
  override name = 'UnreadableStream';
}

/** Seals one stream of bytes, piece by piece as it is read. */
export type SealStream = (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Buffer, void, undefined>;

/**
 * Returns the function that seals one stream as docs/formats/vault.md defines. The stream key is derived now, so that the owner key is not needed any
 * more when the source is read; a second call throws.
 */
export function prepareStream(key: FrameKey, binding: Binding): SealStream {
  return prepareStreamWithId(key, binding, randomBytes(streamIdBytes));
}

/** `prepareStream` with a given id. Only for test vectors: two streams with the same id and key reveal their key stream. */
export function prepareStreamWithId(key: FrameKey, binding: Binding, streamId: Buffer): SealStream {
  const header = { formatVersion, algId: aes256GcmHkdfSha256, keyId: key.id };
  let streamKey: Buffer | undefined = deriveKey(key, header, { binding, streamId });
  const head = Buffer.concat([magic, Buffer.of(formatVersion, aes256GcmHkdfSha256), key.id, streamId]);
  return (source) => {
    if (streamKey === undefined) throw new Error('a stream is sealed once');
    const sealed = sealChunks(streamKey, head, source);
    streamKey = undefined;
    return sealed;
  };
}

async function* sealChunks(
  streamKey: Buffer,
  head: Buffer,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield head;
    let counter = 0;
    for await (const { bytes, isLast } of cut(source, [chunkBytes, chunkBytes])) {
      const cipher = createCipheriv('aes-256-gcm', streamKey, nonceOf(counter, isLast), { authTagLength: tagBytes });
      yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
      counter += 1;
    }
  } finally {
    streamKey.fill(0);
  }
}

/** Finds the key that a stream names; rejects with `UnreadableStream` if it is missing. */
export type FindKey = (keyId: Buffer) => Promise<FrameKey>;

/**
 * Opens a stream: each chunk is returned when it is authenticated as the next one of this stream. Only the end shows that the stream is complete, so
 * the chunks before an error are the beginning of what was sealed. Throws `UnreadableStream`; errors of the source and of `findKey` are rethrown
 * unchanged.
 */
export async function* openStream(
  findKey: FindKey,
  binding: Binding,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, undefined> {
  let streamKey: Buffer | undefined;
  let counter = 0;
  try {
    for await (const { bytes, isLast } of cut(source, [headerBytes, chunkBytes + tagBytes])) {
      if (streamKey === undefined) {
        const header = parseHeader(bytes, isLast);
        streamKey = deriveKey(await findKey(header.keyId), header, { binding, streamId: header.streamId });
        continue;
      }
      const chunk = openChunk(streamKey, nonceOf(counter, isLast), bytes);
      if (chunk.length === 0 && counter > 0) throw new UnreadableStream('the stream ends with an empty chunk');
      counter += 1;
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    streamKey?.fill(0);
  }
}

function openChunk(streamKey: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const tagStart = sealed.length - tagBytes;
  if (tagStart < 0) throw new UnreadableStream('the stream was cut off');
  const decipher = createDecipheriv('aes-256-gcm', streamKey, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(tagStart));
  const chunk = decipher.update(sealed.subarray(0, tagStart));
  try {
    decipher.final();
    return chunk;
  } catch (cause) {
    chunk.fill(0);
    throw new UnreadableStream('the stream was cut off or changed, or does not belong here', { cause });
  }
}

/** The key of a stream depends on its id and slot, so a chunk opens in no other stream and no other slot. */
function deriveKey(
  { bytes }: FrameKey,
  header: FrameHeader,
  { binding, streamId }: { readonly binding: Binding; readonly streamId: Buffer },
): Buffer {
  const key = allocateSecretBytes(keyBytes);
  const derived = hkdfSync('sha256', bytes, streamId, associatedData(header, binding, 'stream'), keyBytes);
  key.set(new Uint8Array(derived));
  new Uint8Array(derived).fill(0);
  return key;
}

function nonceOf(counter: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUIntBE(counter, counterStart, counterBytes);
  nonce.writeUInt8(isLast ? 1 : 0, nonceBytes - 1);
  return nonce;
}

/** Returns copies: the piece is overwritten by the next one. */
function parseHeader(piece: Buffer, isLast: boolean): FrameHeader & { readonly streamId: Buffer } {
  if (isLast) throw new UnreadableStream('the stream is too short');
  if (!piece.subarray(0, magic.length).equals(magic)) throw new UnreadableStream('this is not a stream');
  const header = {
    formatVersion: piece.readUInt8(2),
    algId: piece.readUInt8(3),
    keyId: Buffer.from(piece.subarray(keyIdStart, streamIdStart)),
    streamId: Buffer.from(piece.subarray(streamIdStart, headerBytes)),
  };
  if (header.formatVersion !== formatVersion)
    throw new UnreadableStream(`stream format ${header.formatVersion} is not known here`);
  if (header.algId !== aes256GcmHkdfSha256)
    throw new UnreadableStream(`stream algorithm ${header.algId} is not known here`);
  return header;
}
