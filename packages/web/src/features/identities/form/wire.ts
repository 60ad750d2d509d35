/** Reads the encoding of RFC 4251 section 5. Each function returns undefined where the bytes end too early. */
export interface Wire {
  uint32(): number | undefined;
  bytes(length: number): Uint8Array<ArrayBuffer> | undefined;
  string(): Uint8Array<ArrayBuffer> | undefined;
  text(): string | undefined;
}

/** Reads the data types of RFC 4251 section 5 from the start of the bytes. */
export function readWire(bytes: Uint8Array<ArrayBuffer>): Wire {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const wire: Wire = {
    uint32() {
      if (at + 4 > bytes.length) return undefined;
      at += 4;
      return view.getUint32(at - 4);
    },
    bytes(length) {
      if (at + length > bytes.length) return undefined;
      at += length;
      return bytes.subarray(at - length, at);
    },
    string() {
      const length = wire.uint32();
      return length === undefined ? undefined : wire.bytes(length);
    },
    text() {
      const string = wire.string();
      return string && new TextDecoder().decode(string);
    },
  };
  return wire;
}

/** Decodes Base64, ignoring whitespace; undefined for other text. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The algorithm and the size of a public key in SSH wire format; undefined for other bytes. */
export function describe(publicKey: Uint8Array<ArrayBuffer>): { algorithm: string; bits: number | null } | undefined {
  const wire = readWire(publicKey);
  const algorithm = wire.text();
  if (algorithm === undefined || !/^[a-z][\w.@-]{2,63}$/.test(algorithm)) return undefined;
  if (algorithm === 'ssh-ed25519') return { algorithm, bits: 256 };
  const curve = /^ecdsa-sha2-nistp(\d+)$/.exec(algorithm)?.[1];
  if (curve !== undefined) return { algorithm, bits: Number(curve) };
  if (algorithm !== 'ssh-rsa') return { algorithm, bits: null };
  wire.string(); // the exponent
  const modulus = wire.string();
  return modulus && { algorithm, bits: bitLength(modulus) };
}

function bitLength(integer: Uint8Array): number {
  const first = integer.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : (integer.length - first) * 8 - (Math.clz32(integer[first] ?? 0) - 24);
}
