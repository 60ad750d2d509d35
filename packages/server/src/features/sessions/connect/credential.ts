import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say, type Message } from '@gatehouse/contract/messages/message';
import type { ResolvedEntry } from '../../../access/resolved-entry.ts';
import { refuse } from '../../../kernel/app-error.ts';
import type { CredentialOffers } from '../../../protocols/protocol.ts';
import type { Ask, DirectCredential, IdentityCredential, LoginCredential } from '../../identities/service.ts';
import type { HopPerson, HopQuestion } from './person.ts';

/** The username and credential for one hop. */
export interface LoginAs {
  readonly username: string;
  readonly credential: CredentialOffers;
}

/** Asks a person about one hop; every question is cancelled with the login, and after `questionMs`. */
export function askThrough(
  person: HopPerson,
  { name }: ResolvedEntry,
  { signal, questionMs }: { readonly signal: AbortSignal; readonly questionMs: number },
): Ask {
  return async (why, { text, echo }) => {
    const question: HopQuestion = {
      kind: 'credential',
      ...codedFields('title', say('ask_title', { server: name })),
      ...codedFields('instructions', why),
      prompts: [{ ...codedFields('text', text), echo }],
    };
    const [answer = ''] = await person.ask(question, AbortSignal.any([signal, AbortSignal.timeout(questionMs)]));
    return answer;
  };
}

/** Uses a stored identity; the person is asked for what it lacks. */
export async function loginWithIdentity(
  entry: ResolvedEntry,
  stored: IdentityCredential,
  ask: Ask | undefined,
): Promise<LoginAs> {
  const { identity, missing } = stored;
  const username = entry.username ?? stored.username ?? undefined;
  const credential = { offers: stored.offers(ask) };
  if (ask !== undefined)
    return {
      username: username ?? (await askUsername(ask, say('ask_no_username', { identity: identity.name }))),
      credential,
    };
  const lacking = [
    ...(username === undefined ? (['lacks_username'] as const) : []),
    ...(credential.offers.length > 0 ? [] : missing),
  ];
  if (username === undefined || lacking.length > 0)
    throw refuse('identity_lacks', { identity: identity.name, what: lacking.map((code) => say(code)) });
  return { username, credential };
}

/** The username and credential of a request, for one login. */
export interface DirectLogin {
  readonly username: string;
  readonly credential: DirectCredential;
}

/** Uses the credential of a request; if it has no secret, the person is asked for a password. */
export function loginDirectly({ username, credential }: DirectLogin, ask: Ask | undefined): LoginAs {
  const offers = credential.offers(ask);
  if (offers.length === 0) throw refuse('direct_identity_empty');
  return { username, credential: { offers } };
}

/** Without an identity: the person enters the username. */
export async function loginByPrompt(
  entry: ResolvedEntry,
  credential: LoginCredential,
  ask: Ask | undefined,
): Promise<LoginAs> {
  if (ask === undefined) throw refuse('no_identity', { server: entry.name });
  const username = entry.username ?? (await askUsername(ask, say('ask_no_identity')));
  return { username, credential: { offers: credential.offers(ask) } };
}

async function askUsername(ask: Ask, why: Message): Promise<string> {
  const username = await ask(why, { text: say('ask_username'), echo: true });
  if (username === '') throw refuse('login_called_off');
  return username;
}
