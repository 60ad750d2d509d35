import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import type { KeyFacts } from './inspection.ts';
import { inspectPrivateKey } from './inspect.ts';
import { maxBcryptRounds } from './limits.ts';
import { withRounds } from './testdata/openssh-file.ts';
import { readText, rightPassphrase, vectors } from './testdata/vectors.ts';

const mutants = Number(process.env['FUZZ_KEYS'] ?? '4000');
/** For each mutant, on a machine that does much else. */
const patienceMs = 30;
const atOnce = 16;
/** The aim is 50 ms on an idle machine. A derivation on the event loop takes seconds. */
const maxStallMs = 250;
const probeMs = 2;
const firstSeed = Number(process.env['FUZZ_SEED'] ?? '20260101');

/** Without files whose kind occurs anyway and whose derivation or arithmetic would take most of the time. */
const subjects = vectors.filter(
  ({ file }) => !/rsa.*(putty|encrypted)|argon2|ecdsa-(384|521)|openssh-(encrypted|3des|aes\d+-c)/.test(file),
);

/** PKCS#8 of Ed25519 holds a seed and nothing to compare it with (RFC 8410), so that every 32 bytes are a whole, if other, key. */
const unverifiable = 'ed25519-pkcs8';

/**
 * The longest time that this thread computed without a turn of its event loop. Processor time, so that it does not count how long a busy
 * machine left the thread waiting.
 */
function watchEventLoop(): () => number {
  let longest = 0;
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let last = cpuMs();
  const probe = setInterval(() => {
    const now = cpuMs();
    longest = Math.max(longest, now - last);
    last = now;
  }, probeMs);
  return () => {
    clearInterval(probe);
    return longest;
  };
}

/** A small deterministic generator (mulberry32), so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof createRandom>;

function damage(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length);
  switch (random(5)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random(256)]), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(8))]);
    default:
      bytes.fill(random(256), at, Math.min(bytes.length, at + 1 + random(8)));
      return bytes;
  }
}

/** Damages the text, or what its base64 holds, which reaches deeper. */
function mutate(text: string, random: Random): Buffer {
  const body = /^(?<head>-----BEGIN[^\n]*\n)(?<base64>[A-Za-z0-9+/=\n]+)(?<end>-----END[^\n]*\n)$/.exec(text)?.groups;
  if (!body || random(4) === 0) return damage(Buffer.from(text), random);
  const inner = damage(Buffer.from(body['base64'] ?? '', 'base64'), random).toString('base64');
  return Buffer.from(`${body['head'] ?? ''}${inner}\n${body['end'] ?? ''}`);
}

describe('mutated keys', () => {
  it('never crash, stall or pass for another key', { timeout: 120_000 + mutants * patienceMs, retry: 2 }, async () => {
    const random = createRandom(firstSeed);
    const longestStall = watchEventLoop();
    const seen = { ready: 0, locked: 0, unreadable: 0 };
    let left = mutants;
    const oneAfterTheOther = async (): Promise<void> => {
      while (left-- > 0) {
        const vector = subjects[random(subjects.length)];
        if (!vector) throw new Error('there is no subject');
        const mutant = mutate(readText(vector.file), random);
        const given = vector.encrypted ? rightPassphrase() : undefined;
        const { status, facts } = await inspectPrivateKey(Secret.takeBytes(mutant), given);
        seen[status] += 1;
        if (status === 'ready' && !vector.file.startsWith(unverifiable))
          expect(identityOf(facts), vector.file).toEqual(identityOf(vector));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
    expect(longestStall()).toBeLessThan(maxStallMs);
    expect(seen.ready + seen.locked + seen.unreadable).toBe(mutants);
    // Damage must reach the keys, and not every mutation does: trailing text and comments are harmless.
    expect(seen.unreadable).toBeGreaterThan(mutants / 2);
  });

  it('leave the event loop free while the dearest derivation runs', { timeout: 60_000 }, async () => {
    const longestStall = watchEventLoop();
    await inspectPrivateKey(Secret.fromText(withRounds(maxBcryptRounds / 10)), rightPassphrase());
    expect(longestStall()).toBeLessThan(maxStallMs);
  });
});

function identityOf(facts: Omit<KeyFacts, 'publicKey'> | undefined): object | undefined {
  return facts && { algorithm: facts.algorithm, bits: facts.bits, fingerprint: facts.fingerprint };
}
