import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { refuse } from '../../kernel/app-error.ts';
import type { Secret } from '../secret.ts';

/** Costs of argon2id (RFC 9106). */
export interface HashCosts {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** Above the floor of OWASP ASVS: 64 MiB and three passes, 150–300 ms of one core. */
const defaultCosts: HashCosts = { memoryKiB: 64 * 1024, passes: 3 };
const saltBytes = 16;
const outputBytes = 32;
const lanes = 1;

/** libuv has four threads for this work; one stays free for DNS and files. */
const maxAtOnce = 3;
/** The longest queue; further requests are refused. */
const maxWaiting = 64;
const retryAfterS = 5;

/** Work on passwords while one of the concurrent hashes is reserved. */
export interface Passwords {
  /** The PHC string to store. */
  hash(password: Secret): Promise<string>;
  /** Whether the password matches the stored hash. Without one (the account does not exist) does the same work and resolves to false. */
  verify(password: Secret, stored: string | undefined): Promise<boolean>;
  /** Whether a stored hash has other costs than new ones. */
  isOutdated(stored: string): boolean;
}

/** Hashes the passwords of accounts (Argon2id, RFC 9106) in other threads. */
export interface PasswordHasher {
  /**
   * Runs `work` when fewer than the allowed number run, so that hashing takes neither all cores nor all memory. Throws `too_many_requests` if the
   * queue is full.
   */
  run<T>(work: (passwords: Passwords) => Promise<T>): Promise<T>;
}

/** Hashes the passwords of accounts with argon2id, off the event loop and few at once. */
export function createPasswordHasher(costs: HashCosts = defaultCosts): PasswordHasher {
  const limit = createLimit(Math.min(maxAtOnce, availableParallelism()));
  const options = {
    memoryCost: costs.memoryKiB,
    timeCost: costs.passes,
    parallelism: lanes,
    outputLen: outputBytes,
  };
  const decoy = createDecoy(costs);

  const passwords: Passwords = {
    hash: (password) => password.expose((bytes) => hash(bytes, { ...options, salt: randomBytes(saltBytes) })),
    verify: async (password, stored) => {
      const matches = await password.expose((bytes) => verify(stored ?? decoy, bytes));
      return matches && stored !== undefined;
    },
    isOutdated: (stored) => {
      const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(stored);
      return (
        memoryCost !== costs.memoryKiB ||
        timeCost !== costs.passes ||
        parallelism !== lanes ||
        outputLen !== outputBytes
      );
    },
  };
  return { run: (work) => limit.run(() => work(passwords)) };
}

/** The PHC string that unknown accounts are compared with: random bytes instead of a hash, as costly to verify as a real one. */
function createDecoy({ memoryKiB, passes }: HashCosts): string {
  const [salt, output] = [saltBytes, outputBytes].map((size) =>
    randomBytes(size).toString('base64').replace(/=+$/, ''),
  );
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${salt}$${output}`;
}

function createLimit(free: number): { run<T>(work: () => Promise<T>): Promise<T> } {
  const waiting: (() => void)[] = [];

  async function acquire(): Promise<void> {
    if (free > 0) {
      free--;
      return;
    }
    if (waiting.length >= maxWaiting)
      throw refuse('sign_ins_too_many', {
        retryAfterS,
      });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function release(): void {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  }

  return {
    async run(work) {
      await acquire();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
