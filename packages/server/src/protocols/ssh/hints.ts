import { inEnglish, say, type Message } from '@gatehouse/contract/messages/message';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import { AppError } from '../../kernel/app-error.ts';
import type { Hop } from '../protocol.ts';
import type { Offer } from './algorithms.ts';
import { TransportError } from '../dial/attempt.ts';
import { explainDns, explainTcp, transportWords, type Explanation } from '../dial/hints.ts';
import type { Preamble, ServerOffer } from './preamble.ts';
import { asksForPassword, type ServerPrompt } from './password-prompt.ts';
import { explainMismatch, explainTruncation } from './mismatch.ts';
import type { Protection } from './ssh2-internals.ts';
import type { SshStep } from './ssh-step.ts';
import { sanitize } from '../untrusted-text.ts';

/** A login that failed for a reason that is already explained. */
export class LoginFailure extends Error {
  override readonly name = 'LoginFailure';
  readonly explanation: Explanation;

  constructor(explanation: Explanation, cause?: unknown) {
    super(inEnglish(explanation.detail), { cause });
    this.explanation = explanation;
  }
}

/** The facts for an explanation. */
export interface Circumstances {
  readonly hop: Pick<Hop, 'host' | 'port' | 'username' | 'legacyAlgorithms'>;
  /** Both are set once the server was reached. */
  preamble?: Preamble;
  offered?: Offer;
}

/** Explains any failure of a step. Bugs of ours stay unnamed. */
export function explain(step: SshStep, error: unknown, about: Circumstances): Explanation {
  if (error instanceof LoginFailure) return error.explanation;
  if (error instanceof AppError) return explainProblem(error);
  if (error instanceof TransportError) return explainTransportError(step, error, about);
  return { detail: say('gateway_fault') };
}

const problemHints: Partial<Record<ProblemCode, Message>> = {
  destination_denied: say('egress_hint'),
  host_key_unknown: say('host_key_unknown_hint'),
  host_key_changed: say('host_key_changed_hint'),
  credential_required: say('identity_incomplete_hint'),
  secret_unreadable: say('secret_unreadable_hint'),
};

function explainProblem(error: AppError): Explanation {
  const hint = problemHints[error.code];
  const detail = error.said;
  return hint === undefined ? { detail } : { detail, hint };
}

function explainTransportError(step: SshStep, error: TransportError, about: Circumstances): Explanation {
  switch (step) {
    case 'dns':
      return explainDns(error, about.hop);
    case 'tcp':
      return explainTcp(error, about.hop);
    case 'banner':
      return explainBanner(error, about);
    case 'kex':
      return explainKex(error, about);
    case 'hostkey':
      return { detail: say('host_key_interrupted', { why: transportWords(error) }) };
    case 'auth':
      return explainAuth(error);
    case 'channel':
      return explainChannel(error);
  }
}

/** ssh2's message for a refused pty request. */
const terminalRefused = 'Unable to request a pseudo-terminal';
/** Its messages for refused requests to start something (RFC 4254 section 6.5). */
const programRefused = ['Unable to open shell', 'Unable to exec'];

function explainChannel(error: TransportError): Explanation {
  const { cause } = error;
  const said = cause instanceof Error ? cause.message : '';
  if (said === terminalRefused) return { detail: say('terminal_refused'), hint: say('terminal_refused_hint') };
  if (programRefused.includes(said)) return { detail: say('program_refused'), hint: say('program_refused_hint') };
  const detail = say('channel_refused', { why: transportWords(error) });
  // An answer of the server, with one of the reasons of RFC 4254 section 5.1.
  const isAnswer = cause instanceof Error && 'reason' in cause && typeof cause.reason === 'number';
  return isAnswer ? { detail, hint: say('channel_refused_hint') } : { detail };
}

/** Does not show what came instead: the caller must not read other services through Gatehouse. */
function explainBanner({ kind }: TransportError, { hop: { host, port }, preamble }: Circumstances): Explanation {
  if (kind === 'late')
    return {
      detail: say('banner_late', { host, port }),
      hint: say('banner_hint_overloaded'),
    };
  switch (preamble?.refusal()) {
    case 'busy':
      return { detail: say('banner_busy', { host, port }), hint: say('banner_busy_hint') };
    case 'penalty':
      return { detail: say('banner_penalty', { host, port }), hint: say('banner_penalty_hint') };
    case 'none':
      return { detail: say('banner_closed', { host, port }), hint: say('banner_closed_hint') };
    case 'other':
    case undefined:
      return { detail: say('banner_wrong', { host, port }), hint: say('banner_hint_blocked') };
  }
}

function explainKex(error: TransportError, { hop, preamble, offered }: Circumstances): Explanation {
  const server = preamble?.offer();
  const mismatch = server && offered && explainMismatch(server, offered, hop.legacyAlgorithms);
  return mismatch ?? { detail: say('kex_failed', { why: transportWords(error) }) };
}

/** A server whose connection an attacker on the network could modify. */
export function prefixTruncation(protection: Protection, server: ServerOffer | undefined): LoginFailure {
  return new LoginFailure(explainTruncation(protection, server));
}

function explainAuth(error: TransportError): Explanation {
  if (error.kind === 'late') return { detail: say('auth_late') };
  return {
    detail: say('auth_ended', { why: transportWords(error) }),
    hint: say('auth_ended_hint'),
  };
}

/** The facts about a key that a person needs. */
interface KeyFacts {
  readonly algorithm: string;
  readonly publicKey: Buffer;
  readonly fingerprint: string;
}

/** The server refused this key. `asked` tells whether it requested a signature first. */
export function keyRefused(key: KeyFacts, asked: boolean, username: string): Explanation {
  if (asked) {
    return {
      detail: say('key_refused_after_asking', { fingerprint: key.fingerprint }),
      hint: say('key_refused_after_asking_hint', { username }),
    };
  }
  return {
    detail: say('key_refused', { fingerprint: key.fingerprint, username }),
    hint: say('key_refused_hint', { username }),
    line: `${key.algorithm} ${key.publicKey.toString('base64')}`,
  };
}

/** The key was not offered: the server supports no safe signature algorithm for it. */
export function keyUnusable(key: KeyFacts): Explanation {
  return {
    detail: say('key_without_algorithm', { fingerprint: key.fingerprint, algorithm: key.algorithm }),
    hint: say('key_without_algorithm_hint'),
  };
}

/** The server refused the stored password, or the answers given in its place. */
export function passwordRefused(username: string): Explanation {
  return {
    detail: say('password_refused', { username }),
    hint: say('password_refused_hint'),
  };
}

/** The server refused what was answered to its questions. */
export function answersRefused(username: string): Explanation {
  return { detail: say('answers_refused', { username }), hint: say('answers_refused_hint') };
}

/** The server demands a new password before the login (RFC 4252 section 8). */
export function passwordExpired(): LoginFailure {
  return new LoginFailure({
    detail: say('password_expired'),
    hint: say('password_expired_hint'),
  });
}

/** Prompts that cannot be meant for a person. */
export function impossibleQuestions(): LoginFailure {
  return new LoginFailure({
    detail: say('questions_too_many'),
    hint: say('questions_too_many_hint'),
  });
}

/** Prompts that only a person could answer, in an unattended login. */
export function personRequired(prompts: readonly ServerPrompt[], { credential }: Hop): Explanation {
  const questions = prompts.map(({ prompt }) => sanitize(prompt, maxQuestionLength)).join(' ');
  const hasPassword = credential.offers.some(({ method }) => method === 'password');
  const lacksPassword = !hasPassword && prompts.every(asksForPassword);
  return {
    detail: say('login_unattended', { questions: sanitize(questions, maxQuestionLength) }),
    hint: say(personHint(prompts, lacksPassword)),
  };
}

/** Prompts of PAM when a new password must be chosen, in English and German. */
const passwordChange =
  /\b(?:current|old|new|retype|aktuelles|altes|neues)\b[^\n]*(?:password|passwort)|password (?:has )?expired|change your password/iu;

function personHint(prompts: readonly ServerPrompt[], lacksPassword: boolean) {
  if (prompts.some(({ prompt }) => passwordChange.test(prompt))) return 'password_change_hint';
  return lacksPassword ? 'password_asked_hint' : 'login_unattended_hint';
}

/** Messages before the question of PAM are a few lines. */
const maxQuestionLength = 1_000;

/** No method was left to try. */
export function noMethodLeft(hop: Hop, allowed: readonly string[]): LoginFailure {
  const offered = new Set(hop.credential.offers.map(({ method }) => method));
  const names = sanitize(allowed.join(', '));
  const methods = names === '' ? say('methods_none') : say('methods_some', { names });
  const about = { username: hop.username, methods };
  const detail = say('nothing_to_offer', about);
  if (offered.has('password') && !hop.hostKeys.allowsPassword) {
    return new LoginFailure({
      detail: say('nothing_to_offer_unchecked', about),
      hint: say('pin_or_key_hint'),
    });
  }
  if (offered.size === 0) {
    return new LoginFailure({ detail, hint: say('identity_empty_hint') });
  }
  return new LoginFailure({
    detail,
    hint: offered.has('password') ? say('store_key_hint') : say('store_password_hint'),
  });
}
