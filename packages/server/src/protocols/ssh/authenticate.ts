import { say, type Message } from '@gatehouse/contract/messages/message';
import type { AnyAuthMethod, NextAuthHandler, PasswordAuthMethod } from 'ssh2';
import type { Explanation } from '../dial/hints.ts';
import type { Interaction, CredentialOffer, Hop, KeyOffer, PasswordOffer } from '../protocol.ts';
import type { Attempt } from '../dial/attempt.ts';
import type { Handshake } from './handshake.ts';
import {
  answersRefused,
  keyRefused,
  keyUnusable,
  LoginFailure,
  noMethodLeft,
  passwordExpired,
  passwordRefused,
} from './hints.ts';
import { answerPrompts } from './keyboard-interactive.ts';
import { sendSecrets } from './packet-secrets.ts';
import { SigningAgent } from './signing-agent.ts';
import { onRefusal } from './ssh2-internals.ts';
import type { StepLog } from './steps.ts';

/** The dependencies of authentication. */
export interface AuthenticationContext {
  readonly hop: Hop;
  readonly handshake: Handshake;
  readonly interaction: Interaction;
  readonly attempt: Attempt;
  readonly log: StepLog;
}

/** The successful authentication. `method` is SSH's own name, `none` if the server requires nothing. */
export interface Authenticated {
  readonly method: string;
  readonly detail: Message;
}

/** The order of the offers of a credential; the server's own questions come after them. */
const preference: readonly CredentialOffer['method'][] = ['publickey', 'password'];

/** More than any server combines, and less than `MaxAuthTries` of OpenSSH. */
const maxTries = 5;

/** The server's answer to one method: success, partial success, or failure; `unsent` if there was nothing to send. */
type Answer = 'accepted' | 'partial' | 'refused' | 'unsent';

/** One attempt, with messages for success and failure. */
interface Try {
  readonly answer: Answer;
  readonly succeeded: Message;
  readonly refused: Explanation;
}

/** A method to try: an offer of the credential, or the server's own questions. */
interface Candidate {
  readonly method: CredentialOffer['method'] | 'keyboard-interactive';
  /** Whether it may be tried after those methods. */
  readonly isPossible: (tried: ReadonlySet<Candidate>) => boolean;
  readonly attempt: (server: Conversation, tried: ReadonlySet<Candidate>) => Promise<Try>;
}

/** Authenticates (RFC 4252): key, then password, then keyboard-interactive, as far as the credential has it and the server allows it. */
export async function authenticate(context: AuthenticationContext): Promise<Authenticated> {
  const { hop, log } = context;
  const server = converse(context);
  // Asks which methods are allowed (RFC 4252 section 5.2), so that no secret is opened for a method that is not.
  const greeting = await server.offer((next) => {
    next({ type: 'none', username: hop.username });
  });
  if (greeting === 'accepted') return { method: 'none', detail: say('auth_none') };
  const candidates = candidatesOf(context);
  const tried = new Set<Candidate>();
  let refused: Explanation | undefined;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const candidate = candidates.find(
      (next) => !tried.has(next) && server.allowed().includes(next.method) && next.isPossible(tried),
    );
    if (candidate === undefined) break;
    if (refused) log.record('auth', 'failed', refused);
    const result = await candidate.attempt(server, tried);
    tried.add(candidate);
    if (result.answer === 'accepted') return { method: candidate.method, detail: result.succeeded };
    refused = result.answer === 'partial' ? undefined : result.refused;
    if (result.answer === 'partial') {
      log.record('auth', 'ok', { detail: say('auth_partial', { succeeded: result.succeeded }) });
      // Several factors may all come as questions.
      for (const before of tried) if (before.method === 'keyboard-interactive') tried.delete(before);
    }
  }
  if (refused) throw new LoginFailure(refused);
  throw noMethodLeft(hop, server.allowed());
}

/** In the order in which they are tried. */
function candidatesOf(context: AuthenticationContext): readonly Candidate[] {
  const { interaction, hop } = context;
  const { credential, hostKeys } = hop;
  const ordered = preference.flatMap((method) => credential.offers.filter((offer) => offer.method === method));
  const offered = ordered.map((offer) => candidateOf(context, offer));
  const passwordOf = (tried: ReadonlySet<Candidate>) =>
    // A password that was refused as method `password` is not sent again here.
    offered.some((candidate) => candidate.method === 'password' && tried.has(candidate))
      ? undefined
      : ordered.find((offer) => offer.method === 'password');
  return [
    ...offered,
    {
      method: 'keyboard-interactive',
      isPossible: (tried) =>
        hostKeys.allowsPassword && (interaction.ask !== undefined || passwordOf(tried) !== undefined),
      attempt: (server, tried) => offerAnswers(server, context, passwordOf(tried)),
    },
  ];
}

function candidateOf(context: AuthenticationContext, offer: CredentialOffer): Candidate {
  switch (offer.method) {
    case 'publickey':
      return {
        method: offer.method,
        isPossible: () => true,
        attempt: (server) => offerKey(server, context, offer),
      };
    case 'password':
      return {
        method: offer.method,
        isPossible: () => context.hop.hostKeys.allowsPassword,
        attempt: (server) => offerPassword(server, context, offer),
      };
  }
}

interface Conversation {
  /** The methods that the server named last. */
  allowed(): readonly string[];
  /** Waits until the server expects a method, calls `send`, and waits for the server's answer. */
  offer(send: (next: NextAuthHandler) => void): Promise<Answer>;
}

function converse({ handshake, attempt }: AuthenticationContext): Conversation {
  let allowed: readonly string[] = [];
  let answer: Answer = 'unsent';
  onRefusal(handshake.client, (refusal) => {
    allowed = refusal.allowed;
    answer = refusal.partial ? 'partial' : 'refused';
  });
  handshake.client.once('change password', () => {
    attempt.fail(passwordExpired());
  });
  const accepted = handshake.ready.then(() => {
    answer = 'accepted';
  });
  return {
    allowed: () => allowed,
    async offer(send) {
      const next = await attempt.race(handshake.turns.take());
      attempt.signal.throwIfAborted();
      answer = 'unsent';
      send(next);
      await attempt.race(Promise.race([accepted, handshake.turns.mine()]));
      return answer;
    },
  };
}

async function offerKey(
  server: Conversation,
  { hop, attempt }: AuthenticationContext,
  { open }: KeyOffer,
): Promise<Try> {
  const key = await attempt.whileAsking(open, dispose);
  if (key === undefined) return missing('key');
  try {
    const agent = new SigningAgent(key, {
      allowSha1: hop.legacyAlgorithms,
      onError: (error) => {
        attempt.fail(error instanceof Error ? error : new Error('signing failed', { cause: error }));
      },
    });
    const answer = await server.offer((next) => {
      next({ type: 'agent', username: hop.username, agent });
    });
    return {
      answer,
      succeeded: say('auth_key', { fingerprint: key.fingerprint }),
      refused: answer === 'unsent' ? keyUnusable(key) : keyRefused(key, agent.asked, hop.username),
    };
  } finally {
    dispose(key);
  }
}

async function offerPassword(
  server: Conversation,
  { hop, attempt, handshake }: AuthenticationContext,
  { open }: PasswordOffer,
): Promise<Try> {
  const password = await attempt.whileAsking(open, dispose);
  try {
    if (password === undefined || password.byteLength === 0) return missing('password');
    const answer = await server.offer((next) => {
      password.expose((bytes) => {
        sendSecrets(handshake.client, [bytes], () => {
          next(passwordMethod(hop.username, bytes));
        });
      });
    });
    return { answer, succeeded: say('auth_password'), refused: passwordRefused(hop.username) };
  } finally {
    dispose(password);
  }
}

/** ssh2 copies the bytes into its packet at once. Its types declare only strings, which could not be overwritten. */
function passwordMethod(username: string, bytes: Buffer): AnyAuthMethod {
  const method = { type: 'password', username, password: bytes };
  return method as Omit<PasswordAuthMethod, 'password'> & { password: never };
}

async function offerAnswers(
  server: Conversation,
  { hop, attempt, interaction, handshake }: AuthenticationContext,
  password: PasswordOffer | undefined,
): Promise<Try> {
  const { username } = hop;
  const openPassword = password?.asksPerson === false ? password.open : undefined;
  const prompt = answerPrompts({ interaction, openPassword }, attempt, handshake.client);
  const answer = await server.offer((next) => {
    next({ type: 'keyboard-interactive', username, prompt });
  });
  return { answer, succeeded: say('auth_answers'), refused: answersRefused(username) };
}

function dispose(opened: Disposable | undefined): void {
  opened?.[Symbol.dispose]();
}

function missing(part: 'key' | 'password'): Try {
  const lacks = say(`auth_${part}_missing`);
  return {
    answer: 'unsent',
    succeeded: lacks,
    refused: { detail: lacks, hint: say(`auth_${part}_missing_hint`) },
  };
}
