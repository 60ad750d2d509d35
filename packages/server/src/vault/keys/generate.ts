import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../kernel/app-error.ts';
import { Secret } from '../secret.ts';
import { cleanComment } from './public-key.ts';
import type { KeyFacts } from './inspection.ts';
import type { KeyPlan } from './jobs.ts';
import { copyPassphrase } from './submit.ts';
import { largeRsaBits } from './limits.ts';
import { generators, largeGenerators } from './workers.ts';

interface KeyOptions {
  readonly algorithm: 'ed25519' | 'ecdsa' | 'rsa';
  /** RSA 2048–8192 in steps of 8, 3072 by default; ECDSA 256 (default), 384, 521; Ed25519 has no choice. */
  readonly bits?: number | undefined;
  readonly comment?: string | undefined;
  /** Encrypts the key file. The caller destroys it. */
  readonly passphrase?: Secret | undefined;
  /** The account that the work is for. */
  readonly accountId?: number | undefined;
}

interface GeneratedKey {
  /** An OpenSSH private key file; the caller destroys it. */
  readonly privateKey: Secret;
  readonly facts: KeyFacts;
}

const rsaBits = { min: 2048, max: 8192, standard: 3072 } as const;
const ecdsaBits: readonly number[] = [256, 384, 521];

/**
 * Generates a private key. Throws `AppError` `invalid_request` for bits that the algorithm does not have, `too_many_requests` if too many keys are
 * being generated for the account, and `unavailable` if too many are for all.
 */
export async function generatePrivateKey(order: KeyOptions): Promise<GeneratedKey> {
  const { algorithm, bits, comment, passphrase, accountId } = order;
  const plan = planOf(algorithm, bits);
  const request = { kind: 'generate', plan, comment: cleanComment(comment ?? '') } as const;
  const passphraseCopy = copyPassphrase(passphrase);
  const { privateKey, facts } = await workersFor(plan).run({ ...request, passphrase: passphraseCopy }, accountId);
  return { privateKey: Secret.takeBytes(privateKey), facts };
}

function workersFor(plan: KeyPlan) {
  return plan.algorithm === 'rsa' && plan.bits > largeRsaBits ? largeGenerators : generators;
}

function planOf(algorithm: KeyOptions['algorithm'], bits: number | undefined): KeyPlan {
  switch (algorithm) {
    case 'ed25519':
      if (bits !== undefined && bits !== 256) throw invalid('bits', say('ed25519_bits_wrong'));
      return { algorithm };
    case 'ecdsa': {
      const size = bits ?? 256;
      if (!ecdsaBits.includes(size)) throw invalid('bits', say('ecdsa_bits_wrong'));
      return { algorithm, bits: size };
    }
    case 'rsa': {
      const size = bits ?? rsaBits.standard;
      const possible = Number.isInteger(size / 8) && size >= rsaBits.min && size <= rsaBits.max;
      if (!possible) throw invalid('bits', say('rsa_bits_wrong'));
      return { algorithm, bits: size };
    }
  }
}
