import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const ownerOnly = 0o600;
const tokenPattern = /^[0-9a-f]{40}$/;

/** The token of a start before this one; undefined where there is none that is whole. */
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

/** Keeps the token where scripts on this machine find it, readable by this user alone; returns it. */
export function writeSetupToken(file: string, token: string): string {
  rmSync(file, { force: true });
  // `wx`: never through a link that another program puts there meanwhile.
  writeFileSync(file, `${token}\n`, { flag: 'wx', mode: ownerOnly });
  return token;
}

/** Removes the token once it is used. */
export function removeSetupToken(file: string): void {
  rmSync(file, { force: true });
}
