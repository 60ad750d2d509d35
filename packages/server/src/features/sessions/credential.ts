import type { directIdentitySchema } from '@gatehouse/contract/connections';
import type { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { CredentialSource } from '../../protocols/protocol.ts';
import { openSigningKey } from '../../vault/keys/open.ts';
import { Secret } from '../../vault/secret.ts';
import type { ResolvedEntry } from '../entries/service.ts';
import type { IdentityCredential } from '../identities/service.ts';
import type { Person, Question } from './person.ts';

export type DirectIdentity = z.output<typeof directIdentitySchema>;

/** What a machine is logged in to with. */
export interface LoginAs {
  readonly username: string;
  readonly credential: CredentialSource;
}

/** A stored identity; what it lacks, the person is asked for where there is one. */
export async function loginWithIdentity(
  entry: ResolvedEntry,
  stored: IdentityCredential,
  person: Person | undefined,
  signal: AbortSignal,
): Promise<LoginAs> {
  const { identity, has, missing } = stored;
  const username = entry.username ?? stored.username ?? undefined;
  const usable = has.key || has.password;
  if (username !== undefined && usable) return { username, credential: stored };
  if (person === undefined) {
    const lacking = [...(username === undefined ? ['a username'] : []), ...(usable ? [] : missing)];
    throw new AppError('credential_required', `The identity "${identity.name}" lacks ${lacking.join(' and ')}.`);
  }
  const asked = await askForCredential(
    person,
    {
      entry,
      username,
      withPassword: !usable,
      because: `The identity "${identity.name}" is not complete.`,
    },
    signal,
  );
  return { username: asked.username, credential: usable ? stored : passwordOnce(asked.password) };
}

/** What came with the request, for this login alone. */
export function loginDirectly({ username, password, sshKey, passphrase }: DirectIdentity): LoginAs {
  const open = async (keyText: string) => {
    const key = Secret.fromText(keyText);
    const secret = passphrase === undefined ? undefined : Secret.fromText(passphrase);
    try {
      return await openSigningKey(key, secret);
    } finally {
      key.destroy();
      secret?.destroy();
    }
  };
  return {
    username,
    credential: {
      has: { key: sshKey !== undefined, password: password !== undefined },
      openKey: () => (sshKey === undefined ? Promise.resolve(undefined) : open(sshKey)),
      openPassword: () => Promise.resolve(password === undefined ? undefined : Secret.fromText(password)),
    },
  };
}

/** No identity at all: the person says who to log in as. */
export async function loginAsAsked(
  entry: ResolvedEntry,
  person: Person | undefined,
  signal: AbortSignal,
): Promise<LoginAs> {
  if (person === undefined)
    throw new AppError(
      'credential_required',
      `"${entry.name}" has no identity that you can use. Link one, or name one.`,
    );
  const asked = await askForCredential(
    person,
    { entry, username: entry.username, withPassword: true, because: 'No stored identity fits.' },
    signal,
  );
  return { username: asked.username, credential: passwordOnce(asked.password) };
}

interface Wanted {
  readonly entry: ResolvedEntry;
  /** Not asked for when it is known. */
  readonly username: string | undefined;
  readonly withPassword: boolean;
  readonly because: string;
}

async function askForCredential(
  person: Person,
  { entry, username, withPassword, because }: Wanted,
  signal: AbortSignal,
): Promise<{ username: string; password: string }> {
  const prompts: Extract<Question, { prompts: unknown }>['prompts'] = [
    ...(username === undefined ? [{ text: 'Username', echo: true }] : []),
    ...(withPassword ? [{ text: 'Password', echo: false }] : []),
  ];
  const values = [
    ...(await person.ask(
      { kind: 'credential', title: `Log in to ${entry.name}`, instructions: because, prompts },
      signal,
    )),
  ];
  const answered = { username: username ?? values.shift() ?? '', password: withPassword ? (values.shift() ?? '') : '' };
  if (answered.username === '' || (withPassword && answered.password === ''))
    throw new AppError('login_failed', 'The login was called off.');
  return answered;
}

/** A password that was typed for this login; it is gone when the login has had it. */
export function passwordOnce(password: string): CredentialSource {
  return {
    has: { key: false, password: true },
    openKey: () => Promise.resolve(undefined),
    openPassword: () => Promise.resolve(Secret.fromText(password)),
  };
}
