import { say } from '@gatehouse/contract/messages/message';
import type { directIdentitySchema } from '@gatehouse/contract/connections';
import type { z } from 'zod';
import { AppError, refuse } from '../../../kernel/app-error.ts';
import type { CredentialSource, SigningKey } from '../../../protocols/protocol.ts';
import { openSigningKey } from '../../../vault/keys/open.ts';
import { Secret } from '../../../vault/secret.ts';
import type { ResolvedEntry } from '../../../access/resolved-entry.ts';
import type { IdentityCredential } from '../../identities/service.ts';
import type { HopPerson, HopQuestion } from './person.ts';

export type DirectIdentity = z.output<typeof directIdentitySchema>;

/** How often a person may mistype a passphrase. */
const maxPassphraseTries = 3;

/** What a machine is logged in to with. */
export interface LoginAs {
  readonly username: string;
  readonly credential: CredentialSource;
}

/** Puts one question to whoever is there and resolves to the answer; empty when there is none. */
export type Ask = (why: string, what: { readonly text: string; readonly echo: boolean }) => Promise<string>;

/** Asks a person on behalf of one machine; every question is called off with the login, and after `questionMs`. */
export function asking(
  person: HopPerson,
  { name }: ResolvedEntry,
  { signal, questionMs }: { readonly signal: AbortSignal; readonly questionMs: number },
): Ask {
  return async (instructions, prompt) => {
    const question: HopQuestion = { kind: 'credential', title: `Log in to ${name}`, instructions, prompts: [prompt] };
    const [answer = ''] = await person.ask(question, AbortSignal.any([signal, AbortSignal.timeout(questionMs)]));
    return answer;
  };
}

/** A stored identity; what it lacks, the person is asked for when its turn comes. */
export async function loginWithIdentity(
  entry: ResolvedEntry,
  stored: IdentityCredential,
  ask: Ask | undefined,
): Promise<LoginAs> {
  const { identity, has, missing } = stored;
  const username = entry.username ?? stored.username ?? undefined;
  if (ask !== undefined)
    return {
      username: username ?? (await askUsername(ask, `“${identity.name}” has no username.`)),
      ...complete(stored, ask),
    };
  const lacking = [
    ...(username === undefined ? (['lacks_username'] as const) : []),
    ...(has.key || has.password ? [] : missing),
  ];
  if (username === undefined || lacking.length > 0)
    throw refuse('identity_lacks', { identity: identity.name, what: lacking.map((code) => say(code)) });
  return { username, credential: stored };
}

function complete(stored: IdentityCredential, ask: Ask): { credential: CredentialSource } {
  const { identity, has, keyIsLocked, missing } = stored;
  const hasKey = has.key || keyIsLocked;
  const asksForPassword = !has.password && (!hasKey || missing.includes('lacks_password'));
  return {
    credential: {
      has: { key: hasKey, password: has.password || asksForPassword },
      asksForPassword,
      openKey: () => (keyIsLocked ? openLockedKey(stored, ask) : stored.openKey()),
      openPassword: () =>
        asksForPassword ? askPassword(ask, `“${identity.name}” has no password.`) : stored.openPassword(),
    },
  };
}

/** Without an answer the login goes on without the key. */
async function openLockedKey(stored: IdentityCredential, ask: Ask): Promise<SigningKey | undefined> {
  const prompt = { text: `Passphrase of the key “${stored.identity.name}”`, echo: false };
  let why = 'The key is encrypted, and no passphrase that opens it is stored.';
  for (let tries = 1; ; tries += 1) {
    const typed = await ask(why, prompt);
    if (typed === '') return undefined;
    using passphrase = Secret.fromText(typed);
    try {
      return await stored.openKey(passphrase);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'credential_required' || tries === maxPassphraseTries)
        throw error;
      why = 'That passphrase does not open the key.';
    }
  }
}

/** What came with a request, for one login alone. */
export interface DirectLogin {
  loginAs(ask: Ask | undefined): LoginAs;
  /** Lets go of the secrets; they came as strings, so the rest is the garbage collector's. */
  forget(): void;
}

/** @param accountId whom opening its key is work for. */
export function directLogin(identity: DirectIdentity, accountId: number): DirectLogin {
  const { username } = identity;
  let secrets: Omit<DirectIdentity, 'username'> = identity;
  return {
    loginAs(ask) {
      const { password, sshKey } = secrets;
      const isEmpty = password === undefined && sshKey === undefined;
      if (isEmpty && ask === undefined) throw refuse('direct_identity_empty');
      const asksForPassword = isEmpty && ask !== undefined;
      return {
        username,
        credential: {
          has: { key: sshKey !== undefined, password: password !== undefined || asksForPassword },
          asksForPassword,
          openKey: () => openGivenKey(secrets, accountId),
          openPassword: async () =>
            asksForPassword ? askPassword(ask, `As ${username}.`) : secretOf(secrets.password),
        },
      };
    },
    forget() {
      secrets = {};
    },
  };
}

async function openGivenKey(
  { sshKey, passphrase }: Omit<DirectIdentity, 'username'>,
  accountId: number,
): Promise<SigningKey | undefined> {
  using key = secretOf(sshKey);
  using opener = secretOf(passphrase);
  return key && (await openSigningKey(key, opener, accountId));
}

function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : Secret.fromText(text);
}

/** No identity at all: the person says who to log in as. */
export async function loginAsAsked(entry: ResolvedEntry, ask: Ask | undefined): Promise<LoginAs> {
  if (ask === undefined) throw refuse('no_identity', { server: entry.name });
  const why = 'No stored identity fits.';
  return {
    username: entry.username ?? (await askUsername(ask, why)),
    credential: {
      has: { key: false, password: true },
      asksForPassword: true,
      openKey: () => Promise.resolve(undefined),
      openPassword: () => askPassword(ask, why),
    },
  };
}

async function askUsername(ask: Ask, why: string): Promise<string> {
  const username = await ask(why, { text: 'Username', echo: true });
  if (username === '') throw refuse('login_called_off');
  return username;
}

async function askPassword(ask: Ask, why: string): Promise<Secret | undefined> {
  const password = await ask(why, { text: 'Password', echo: false });
  return password === '' ? undefined : Secret.fromText(password);
}
