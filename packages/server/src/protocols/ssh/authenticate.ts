import type { AnyAuthMethod, NextAuthHandler, PasswordAuthMethod } from 'ssh2';
import type { Attendant, Hop } from '../protocol.ts';
import type { Attempt } from '../dial/attempt.ts';
import type { Handshake } from './handshake.ts';
import {
  answersRefused,
  keyRefused,
  keyUnusable,
  LoginFailure,
  nothingToOffer,
  passwordExpired,
  passwordRefused,
  type Explanation,
} from './hints.ts';
import { answerPrompts } from './keyboard-interactive.ts';
import { sendSecrets } from './packet-secrets.ts';
import { SigningAgent } from './signing-agent.ts';
import { onRefusal } from './ssh2-internals.ts';
import type { StepLog } from './steps.ts';

/** What authentication needs of the login around it. */
export interface AuthenticationContext {
  readonly hop: Hop;
  readonly handshake: Handshake;
  readonly attendant: Attendant;
  readonly attempt: Attempt;
  readonly log: StepLog;
}

/** How a login was let in. `method` is SSH's own name, `none` where the server asks for nothing. */
export interface Authenticated {
  readonly method: string;
  readonly detail: string;
}

type Method = 'publickey' | 'password' | 'keyboard-interactive';
const preference: readonly Method[] = ['publickey', 'password', 'keyboard-interactive'];

/** More than any server combines, and less than `MaxAuthTries` of OpenSSH. */
const MAX_TRIES = 5;

/** What the server said to one method: let in, one factor of several, or refused; `unsent` when there was nothing to send. */
type Answer = 'accepted' | 'partial' | 'refused' | 'unsent';

/** One try, in words either way. */
interface Try {
  readonly answer: Answer;
  readonly succeeded: string;
  readonly refused: Explanation;
}

/** Logs in (RFC 4252): key, then password, then keyboard-interactive, as far as the credential has it and the server allows it. */
export async function authenticate(context: AuthenticationContext): Promise<Authenticated> {
  const { hop, log } = context;
  const server = converse(context);
  // Asks which methods are allowed (RFC 4252 section 5.2), so that no secret is opened for one that is not.
  const greeting = await server.offer((next) => {
    next({ type: 'none', username: hop.username });
  });
  if (greeting === 'accepted') return { method: 'none', detail: 'The server lets everybody in.' };
  const tried = new Set<Method>();
  let refused: Explanation | undefined;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const method = preference.find(
      (name) => !tried.has(name) && server.allowed().includes(name) && canTry(name, context, tried),
    );
    if (method === undefined) break;
    if (refused) log.record('auth', 'failed', refused);
    const result = await methods[method](server, context, tried);
    tried.add(method);
    if (result.answer === 'accepted') return { method, detail: result.succeeded };
    refused = result.answer === 'partial' ? undefined : result.refused;
    if (result.answer === 'partial') {
      log.record('auth', 'ok', { detail: `${result.succeeded} The server wants another factor.` });
      // Several factors may all come as questions.
      tried.delete('keyboard-interactive');
    }
  }
  if (refused) throw new LoginFailure(refused);
  throw nothingToOffer(hop, server.allowed());
}

function canTry(method: Method, { hop, attendant }: AuthenticationContext, tried: ReadonlySet<Method>): boolean {
  const { credential, hostKeys } = hop;
  switch (method) {
    case 'publickey':
      return credential.has.key;
    case 'password':
      return credential.has.password && hostKeys.allowsPassword;
    case 'keyboard-interactive':
      // A password that was refused under its own name is not sent again under this one.
      return (
        hostKeys.allowsPassword && (attendant.ask !== undefined || (credential.has.password && !tried.has('password')))
      );
  }
}

interface Conversation {
  /** The methods that the server named last. */
  allowed(): readonly string[];
  /** Waits for our turn, lets `send` use it, and waits for the server's answer. */
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

const methods: Record<
  Method,
  (server: Conversation, context: AuthenticationContext, tried: ReadonlySet<Method>) => Promise<Try>
> = {
  publickey: offerKey,
  password: offerPassword,
  'keyboard-interactive': offerAnswers,
};

async function offerKey(server: Conversation, { hop, attempt }: AuthenticationContext): Promise<Try> {
  const key = await attempt.whileAsking(() => hop.credential.openKey(), dispose);
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
      succeeded: `Let in with the key ${key.fingerprint}.`,
      refused: answer === 'unsent' ? keyUnusable(key) : keyRefused(key, agent.asked, hop.username),
    };
  } finally {
    dispose(key);
  }
}

async function offerPassword(server: Conversation, { hop, attempt, handshake }: AuthenticationContext): Promise<Try> {
  const password = await attempt.whileAsking(() => hop.credential.openPassword(), dispose);
  try {
    if (password === undefined || password.byteLength === 0) return missing('password');
    const answer = await server.offer((next) => {
      password.expose((bytes) => {
        sendSecrets(handshake.client, [bytes], () => {
          next(passwordMethod(hop.username, bytes));
        });
      });
    });
    return { answer, succeeded: 'Let in with the password.', refused: passwordRefused(hop.username) };
  } finally {
    dispose(password);
  }
}

/** ssh2 copies the bytes into its packet at once. Its types know only strings, which could not be overwritten. */
function passwordMethod(username: string, bytes: Buffer): AnyAuthMethod {
  const method = { type: 'password', username, password: bytes };
  return method as Omit<PasswordAuthMethod, 'password'> & { password: never };
}

async function offerAnswers(
  server: Conversation,
  { hop, attempt, attendant, handshake }: AuthenticationContext,
  tried: ReadonlySet<Method>,
): Promise<Try> {
  const { credential, username } = hop;
  const stored = credential.has.password && credential.asksForPassword !== true && !tried.has('password');
  const prompt = answerPrompts(
    { attendant, openPassword: stored ? () => credential.openPassword() : undefined },
    attempt,
    handshake.client,
  );
  const answer = await server.offer((next) => {
    next({ type: 'keyboard-interactive', username, prompt });
  });
  return { answer, succeeded: "Let in with answers to the server's questions.", refused: answersRefused(username) };
}

function dispose(opened: Disposable | undefined): void {
  opened?.[Symbol.dispose]();
}

function missing(what: string): Try {
  return {
    answer: 'unsent',
    succeeded: '',
    refused: { detail: `The identity has no ${what} after all.`, hint: `Store the ${what} again.` },
  };
}
