import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const ownerOnly = 0o600;
const tokenPattern = /^[0-9a-f]{40}$/;

/** The token of an earlier start; undefined if there is no complete one. */
export function readSetupToken(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (!tokenPattern.test(text)) return undefined;
    chmodSync(file, ownerOnly);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Stores the token in a file for scripts on this machine, readable only by this user; returns it. */
export function writeSetupToken(file: string, token: string): string {
  rmSync(file, { force: true });
  // `wx`: never follows a link that another program creates meanwhile.
  writeFileSync(file, `${token}\n`, { flag: 'wx', mode: ownerOnly });
  return token;
}

/** Removes the token once it is used. */
export function removeSetupToken(file: string): void {
  rmSync(file, { force: true });
}
