import { allocateSecretBytes } from './secret-bytes.ts';

/** A part of a stream of bytes. The bytes are valid until the next piece is requested. */
export interface Piece {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/**
 * Cuts a stream into pieces of the first size and then of the second. All but the last are full; the last may be short or empty. Whether a full piece
 * is the last is known when more bytes arrive or the stream ends. Keeps one piece in memory, and overwrites it at the end.
 */
export async function* cut(
  source: AsyncIterable<Uint8Array>,
  [firstBytes, otherBytes]: readonly [number, number],
): AsyncGenerator<Piece, void, undefined> {
  const buffer = allocateSecretBytes(Math.max(firstBytes, otherBytes));
  let size = firstBytes;
  let filled = 0;
  try {
    for await (const given of source) {
      let rest = requireBytes(given);
      while (rest.length > 0) {
        if (filled === size) {
          yield { bytes: buffer.subarray(0, size), isLast: false };
          size = otherBytes;
          filled = 0;
        }
        const taken = rest.subarray(0, size - filled);
        buffer.set(taken, filled);
        filled += taken.length;
        rest = rest.subarray(taken.length);
      }
    }
    yield { bytes: buffer.subarray(0, filled), isLast: true };
  } finally {
    buffer.fill(0);
  }
}

/** A stream with an encoding yields strings. */
function requireBytes(given: unknown): Uint8Array {
  if (given instanceof Uint8Array) return given;
  throw new TypeError('the stream has something else than bytes in it');
}
