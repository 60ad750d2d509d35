import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../kernel/app-error.ts';
import type { Database } from '../../kernel/db/database.ts';
import { hasAccounts } from './repository.ts';

const tokenBytes = 20;

/** The time before the first account exists. */
export interface FirstRun {
  isNow(): Promise<boolean>;
  /** Makes the token that a registration from elsewhere needs; only its hash stays here. Undefined once an account exists. */
  openSetup(): Promise<string | undefined>;
  /** Throws `setup_token_required` unless it is the token that was made. */
  requireToken(candidate: string | undefined): void;
}

export function createFirstRun(database: Database): FirstRun {
  let someAccountExists = false;
  let digest: Buffer | undefined;

  async function isNow(): Promise<boolean> {
    // Once there is an account, there always is: the last administrator cannot be deleted.
    someAccountExists ||= await hasAccounts(database.read);
    return !someAccountExists;
  }

  return {
    isNow,
    async openSetup() {
      if (!(await isNow())) return undefined;
      const token = randomBytes(tokenBytes).toString('hex');
      digest = sha256(token);
      return token;
    },
    requireToken(candidate) {
      if (digest !== undefined && candidate !== undefined && timingSafeEqual(sha256(candidate), digest)) return;
      throw new AppError(
        'setup_token_required',
        'The first account needs the set-up token that the server printed when it started (setupToken).',
      );
    },
  };
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
