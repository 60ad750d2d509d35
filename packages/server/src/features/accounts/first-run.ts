import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { refuse } from '../../kernel/app-error.ts';
import type { Database } from '../../kernel/db/database.ts';
import { hasAccounts } from './repository.ts';
import { readSetupToken, removeSetupToken, writeSetupToken } from './setup-token-file.ts';

const tokenBytes = 20;

/** The set-up token before the first account exists. */
export interface FirstRun {
  isNow(): Promise<boolean>;
  /**
   * The token that the first registration needs; a restart keeps it while it is unused. Undefined once an account exists; the file is then removed.
   */
  openSetup(): Promise<string | undefined>;
  /** Throws `setup_token_required` unless it is the set-up token. */
  requireToken(candidate: string | undefined): void;
}

/** `tokenFile` contains the token until it is used. */
export function createFirstRun(database: Database, tokenFile: string): FirstRun {
  let someAccountExists = false;
  let digest: Buffer | undefined;

  async function isNow(): Promise<boolean> {
    if (someAccountExists) return false;
    // Cached, because an installation never loses its last administrator.
    someAccountExists = await hasAccounts(database.read);
    if (someAccountExists) removeSetupToken(tokenFile);
    return !someAccountExists;
  }

  return {
    isNow,
    async openSetup() {
      if (!(await isNow())) return undefined;
      const token = readSetupToken(tokenFile) ?? writeSetupToken(tokenFile, randomBytes(tokenBytes).toString('hex'));
      digest = sha256(token);
      return token;
    },
    requireToken(candidate) {
      if (digest !== undefined && candidate !== undefined && timingSafeEqual(sha256(candidate), digest)) return;
      throw refuse('setup_token_required');
    },
  };
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
