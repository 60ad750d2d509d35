import { say, type Message } from '@gatehouse/contract/messages/message';
import type { AnyAuthMethod, NextAuthHandler, PasswordAuthMethod } from 'ssh2';
import type { Explanation } from '../dial/hints.ts';
import { refuse } from '../../kernel/app-error.ts';
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
  personRequired,
} from './hints.ts';
import { answerPrompts } from './keyboard-interactive.ts';
import { showNotices, type Notices } from './notices.ts';
import { sendSecrets } from './packet-secrets.ts';
import { SigningAgent } from './signing-agent.ts';
import { abandonMethod, onRefusal } from './ssh2-internals.ts';
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

/** More than any server combines, and less than `MaxAuthTries` of OpenSSH. */
const maxTries = 5;

/**
 * The server's answer to one method: success, partial success, or failure; `unsent` if there was nothing to send, `unanswered` if only a person could
 * go on.
 */
type Answer = 'accepted' | 'partial' | 'refused' | 'unsent' | 'unanswered';

/** One attempt, with messages for success and failure. */
interface Try {
  readonly answer: Answer;
  readonly succeeded: Message;
  readonly refused: Explanation;
  /** Whether the stored password was sent. */
  readonly usedPassword?: boolean;
  readonly askedPerson?: boolean;
}

/** What the tries so far came to. */
interface SoFar {
  readonly tried: Set<Candidate>;
  /** A stored password that was refused, or was not enough, is not sent again. */
  password: 'unused' | 'accepted' | 'spent';
  /** Answers of a person were refused. */
  personRefused: boolean;
  /** The method `password` was refused. OpenSSH with PAM then ends a login by keyboard-interactive right after its success (pam_setcred). */
  passwordMethodRefused: boolean;
  refused: Explanation | undefined;
  /** A prompt that needs a person: more to the point than what is refused after it. */
  unanswered: Explanation | undefined;
}

/** A method to try: an offer of the credential, or the server's own questions. */
interface Candidate {
  readonly method: CredentialOffer['method'] | 'keyboard-interactive';
  readonly isPossible: (soFar: SoFar) => boolean;
  readonly attempt: (server: Conversation, soFar: SoFar) => Promise<Try>;
}

/**
 * Authenticates (RFC 4252): key, then keyboard-interactive, then password, as far as the credential has it and the server allows it. Not password
 * before keyboard-interactive: see `passwordMethodRefused`.
 */
export async function authenticate(context: AuthenticationContext): Promise<Authenticated> {
  const notices = showNotices(context);
  try {
    return await tryMethods(context, notices);
  } catch (error) {
    throw notices.explain(error);
  }
}

async function tryMethods(context: AuthenticationContext, notices: Notices): Promise<Authenticated> {
  const { hop, log } = context;
  const server = converse(context);
  // Asks which methods are allowed (RFC 4252 section 5.2), so that no secret is opened for a method that is not.
  const greeting = await server.offer((next) => {
    next({ type: 'none', username: hop.username });
  });
  if (greeting === 'accepted') return { method: 'none', detail: say('auth_none') };
  notices.begin();
  const candidates = candidatesOf(context);
  const soFar: SoFar = {
    tried: new Set(),
    password: 'unused',
    personRefused: false,
    passwordMethodRefused: false,
    refused: undefined,
    unanswered: undefined,
  };
  for (let tries = 0; tries < maxTries; tries += 1) {
    const candidate = candidates.find(
      (next) => !soFar.tried.has(next) && server.allowed().includes(next.method) && next.isPossible(soFar),
    );
    if (candidate === undefined) break;
    if (soFar.refused) log.record('auth', 'failed', soFar.refused);
    const result = await candidate.attempt(server, soFar);
    if (result.answer === 'accepted') return { method: candidate.method, detail: result.succeeded };
    if (result.answer === 'partial')
      log.record('auth', 'ok', { detail: say('auth_partial', { succeeded: result.succeeded }) });
    note(soFar, candidate, result, context);
  }
  const { refused, unanswered } = soFar;
  if (refused && unanswered && refused !== unanswered) log.record('auth', 'failed', refused);
  const failed = unanswered ?? refused;
  if (failed) throw new LoginFailure(failed);
  throw noMethodLeft(hop, server.allowed());
}

/** Adds the result of a try that was not the last one. */
function note(soFar: SoFar, candidate: Candidate, result: Try, { interaction }: AuthenticationContext): void {
  const { tried } = soFar;
  const isPartial = result.answer === 'partial';
  tried.add(candidate);
  if (result.usedPassword === true) soFar.password = isPartial ? 'accepted' : 'spent';
  if (isPartial) {
    Object.assign(soFar, {
      refused: undefined,
      unanswered: undefined,
      personRefused: false,
      passwordMethodRefused: false,
    });
    // Several factors may all come as questions.
    for (const before of tried) if (before.method === 'keyboard-interactive') tried.delete(before);
    return;
  }
  soFar.refused = result.refused;
  // Who declines one question is not asked the next.
  if (result.answer === 'unsent' && result.askedPerson === true) soFar.personRefused = true;
  if (result.answer === 'unanswered') soFar.unanswered = result.refused;
  if (result.answer === 'refused' && candidate.method === 'password') soFar.passwordMethodRefused = true;
  if (candidate.method !== 'keyboard-interactive' || result.answer !== 'refused') return;
  // The stored password may be out of date: the person is asked the same again.
  if (result.usedPassword === true && interaction.ask !== undefined) tried.delete(candidate);
  else soFar.personRefused ||= result.askedPerson === true;
}

/** In the order in which they are tried. */
function candidatesOf(context: AuthenticationContext): readonly Candidate[] {
  const { credential } = context.hop;
  const offered = credential.offers.map((offer) => candidateOf(context, offer));
  return [
    ...offered.filter(({ method }) => method === 'publickey'),
    questionsOf(context),
    ...offered.filter(({ method }) => method === 'password'),
  ];
}

function questionsOf(context: AuthenticationContext): Candidate {
  const { interaction, hop } = context;
  const stored = hop.credential.offers.find((offer) => offer.method === 'password' && !offer.asksPerson);
  const unused = ({ password }: SoFar) => (password === 'unused' && stored?.method === 'password' ? stored : undefined);
  return {
    method: 'keyboard-interactive',
    isPossible(soFar) {
      if (!hop.hostKeys.allowsPassword || soFar.passwordMethodRefused) return false;
      // Unattended without a password, only to learn what the server asks, or that it asks nothing.
      return interaction.ask !== undefined || unused(soFar) !== undefined || soFar.refused === undefined;
    },
    attempt: (server, soFar) => offerAnswers(server, context, unused(soFar)),
  };
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
        isPossible: ({ password, personRefused }) =>
          context.hop.hostKeys.allowsPassword && (offer.asksPerson ? !personRefused : password !== 'spent'),
        attempt: (server) => offerPassword(server, context, offer),
      };
  }
}

interface Conversation {
  /** The methods that the server named last. */
  allowed(): readonly string[];
  /**
   * Waits until the server expects a method, calls `send`, and waits for the server's answer. When `abandoned` resolves first, the next method
   * replaces this one (RFC 4252 section 5).
   */
  offer(send: (next: NextAuthHandler) => void, abandoned?: Promise<unknown>): Promise<Answer>;
}

const never = new Promise<never>(() => undefined);

/** A server that takes longer waits for a person or another server, which the connection log says. */
const waitingNoticeMs = 3_000;

/** Says in the log once that the server has not answered yet, not counting the time of questions. */
function noteWaiting({ attempt, log }: AuthenticationContext): () => void {
  const timer = setInterval(() => {
    if (attempt.isAsking()) return;
    clearInterval(timer);
    if (!attempt.signal.aborted) log.record('auth', 'skipped', { detail: say('auth_waiting') });
  }, waitingNoticeMs);
  return () => {
    clearInterval(timer);
  };
}

function converse(context: AuthenticationContext): Conversation {
  const { handshake, attempt } = context;
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
    async offer(send, abandoned = never) {
      const next = await attempt.race(handshake.turns.take());
      attempt.signal.throwIfAborted();
      answer = 'unsent';
      const stopNoting = noteWaiting(context);
      send(next);
      const isAbandoned = abandoned.then(() => true);
      const answered = Promise.race([accepted, handshake.turns.mine()]).then(() => false);
      if (await attempt.race(Promise.race([answered, isAbandoned])).finally(stopNoting)) {
        abandonMethod(handshake.client);
        handshake.turns.giveBack(next);
        return 'unanswered';
      }
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
  // The person does not know the passphrase.
  if (key === undefined) return { ...missing('key'), askedPerson: true };
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
  { open, asksPerson }: PasswordOffer,
): Promise<Try> {
  const password = await attempt.whileAsking(open, dispose);
  try {
    if (password === undefined && asksPerson) throw refuse('login_called_off');
    if (password === undefined || password.byteLength === 0) return missing('password');
    const answer = await server.offer((next) => {
      password.expose((bytes) => {
        sendSecrets(handshake.client, [bytes], () => {
          next(passwordMethod(hop.username, bytes));
        });
      });
    });
    const refused = passwordRefused(hop.username);
    return { answer, succeeded: say('auth_password'), refused, usedPassword: !asksPerson };
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
  const questions = answerPrompts({ interaction, openPassword: password?.open }, attempt, handshake.client);
  const { prompt, unanswerable } = questions;
  const answer = await server.offer((next) => {
    next({ type: 'keyboard-interactive', username, prompt });
  }, unanswerable);
  const [usedPassword, askedPerson] = [questions.usedPassword(), questions.askedPerson()];
  const refused = usedPassword && !askedPerson ? passwordRefused(username) : answersRefused(username);
  return {
    answer,
    succeeded: say('auth_answers'),
    refused: answer === 'unanswered' ? personRequired(await unanswerable, hop) : refused,
    usedPassword,
    askedPerson,
  };
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
