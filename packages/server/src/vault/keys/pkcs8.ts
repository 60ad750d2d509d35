import { curves } from './curves.ts';
import type { Curve } from './curves.ts';
import { packDer, packInteger, readDer, tag } from './der.ts';
import type { DerReader } from './der.ts';
import { KeyFault } from './fault.ts';
import type { EcdsaMaterial, Ed25519Material, KeyMaterial, RsaMaterial } from './material.ts';
import type { Scratch } from './scratch.ts';

const rsaOid = '2a864886f70d010101';
const ecOid = '2a8648ce3d0201';
const ed25519Oid = '2b6570';

const zero = Buffer.alloc(0);
const one = Buffer.from([1]);

/** Reads an unencrypted PKCS#8 key (RFC 5208, and RFC 5958 with its public half). */
export function readPkcs8(der: Buffer): KeyMaterial {
  const outer = readDer(der);
  const key = outer.sequence();
  outer.end();
  if (key.count() > 1) throw new KeyFault('key_unreadable');
  const algorithm = key.sequence();
  const oid = algorithm.oid();
  const body = key.body(tag.octetString);
  if (key.peek() === tag.context0) key.body(tag.context0);
  const point = key.peek() === tag.contextPrimitive1 ? wholeBytes(key.body(tag.contextPrimitive1)) : undefined;
  key.end();
  switch (oid) {
    case rsaOid:
      return readPkcs1(body);
    case ecOid:
      return readSec1(body, findCurve(algorithm.oid()));
    case ed25519Oid:
      return readEd25519(body, point);
    default:
      throw new KeyFault('key_algorithm_unsupported');
  }
}

/** Reads an RSA key (RFC 8017 appendix A.1.2). The two exponents that follow from the rest are computed later. */
export function readPkcs1(der: Buffer): RsaMaterial {
  const outer = readDer(der);
  const key = outer.sequence();
  outer.end();
  // Version 1 has more than two primes, which is not used in practice.
  if (key.count() !== 0) throw new KeyFault('key_algorithm_unsupported');
  const [n, e, d, p, q] = [key.integer(), key.integer(), key.integer(), key.integer(), key.integer()];
  key.integer();
  key.integer();
  const coefficient = key.integer();
  key.end();
  return { kind: 'rsa', n, e, d, p, q, coefficient };
}

/** Reads an EC key (RFC 5915). `outerCurve` is the curve that the PKCS#8 wrapper names; without a wrapper the key names it itself. */
export function readSec1(der: Buffer, outerCurve?: Curve): EcdsaMaterial {
  const outer = readDer(der);
  const key = outer.sequence();
  outer.end();
  if (key.count() !== 1) throw new KeyFault('key_unreadable');
  const scalar = key.body(tag.octetString);
  const innerCurve = key.peek() === tag.context0 ? findCurve(readDer(key.body(tag.context0)).oid()) : undefined;
  const point = key.peek() === tag.context1 ? readPoint(readDer(key.body(tag.context1))) : undefined;
  key.end();
  const curve = outerCurve ?? innerCurve;
  if (!curve || (innerCurve && innerCurve !== curve)) throw new KeyFault('key_unreadable');
  return { kind: 'ecdsa', curve, scalar, point };
}

/** Writes an RSA key as PKCS#8, kept in `scratch`. */
export function packRsa(key: RsaMaterial & { dP: Buffer; dQ: Buffer }, scratch: Scratch): Buffer {
  const numbers = [zero, key.n, key.e, key.d, key.p, key.q, key.dP, key.dQ, key.coefficient];
  const integers = numbers.map((number) => packInteger(number, scratch));
  const parameters = packDer(tag.null, [], scratch);
  return packPkcs8([packOid(rsaOid, scratch), parameters], packDer(tag.sequence, integers, scratch), scratch);
}

/** Writes an EC key as PKCS#8 without its public half, so that a reader derives it from the scalar. */
export function packEcdsa(curve: Curve, scalar: Buffer, scratch: Scratch): Buffer {
  const parts = [packInteger(one, scratch), packDer(tag.octetString, [scalar], scratch)];
  const algorithm = [packOid(ecOid, scratch), packOid(curve.oid, scratch)];
  return packPkcs8(algorithm, packDer(tag.sequence, parts, scratch), scratch);
}

/** Writes an Ed25519 key as PKCS#8 (RFC 8410 section 7), kept in `scratch`. */
export function packEd25519(seed: Buffer, scratch: Scratch): Buffer {
  return packPkcs8([packOid(ed25519Oid, scratch)], packDer(tag.octetString, [seed], scratch), scratch);
}

function readEd25519(body: Buffer, point: Buffer | undefined): Ed25519Material {
  const inner = readDer(body);
  const seed = inner.body(tag.octetString);
  inner.end();
  return { kind: 'ed25519', seed, point };
}

function readPoint(reader: DerReader): Buffer {
  const point = wholeBytes(reader.body(tag.bitString));
  reader.end();
  return point;
}

/** The bytes of a bit string, whose first byte counts unused bits. */
function wholeBytes(bitString: Buffer): Buffer {
  if (bitString[0] !== 0) throw new KeyFault('key_unreadable');
  return bitString.subarray(1);
}

function findCurve(oid: string): Curve {
  const curve = curves.find((known) => known.oid === oid);
  if (!curve) throw new KeyFault('key_algorithm_unsupported');
  return curve;
}

function packOid(hex: string, scratch: Scratch): Buffer {
  return packDer(tag.oid, [Buffer.from(hex, 'hex')], scratch);
}

function packPkcs8(algorithm: readonly Buffer[], key: Buffer, scratch: Scratch): Buffer {
  const parts = [
    packInteger(zero, scratch),
    packDer(tag.sequence, algorithm, scratch),
    packDer(tag.octetString, [key], scratch),
  ];
  return packDer(tag.sequence, parts, scratch);
}
