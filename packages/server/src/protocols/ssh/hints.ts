import type { ProblemCode } from '@gatehouse/contract/problem-status';
import { AppError } from '../../kernel/app-error.ts';
import type { Hop } from '../protocol.ts';
import { retiredAlgorithms } from './algorithms.ts';
import { ConnectionTrouble } from '../dial/attempt.ts';
import type { Preamble, ServerOffer } from './preamble.ts';
import type { SshStep } from './ssh-step.ts';
import { showable } from './untrusted-text.ts';

/** A failure in words: what happened, and what to do about it. */
export interface Explanation {
  readonly detail: string;
  readonly hint?: string;
  /** The line that the hint speaks of, as it goes into a file. */
  readonly line?: string;
}

/** A login that failed for a reason that is already in words. */
export class LoginFailure extends Error {
  override readonly name = 'LoginFailure';
  readonly explanation: Explanation;

  constructor(explanation: Explanation, cause?: unknown) {
    super(explanation.detail, { cause });
    this.explanation = explanation;
  }
}

/** What an explanation may draw on. */
export interface Circumstances {
  readonly hop: Pick<Hop, 'host' | 'port' | 'username' | 'legacyAlgorithms'>;
  /** Set once the server was reached. */
  preamble?: Preamble;
}

/** Puts any failure of a step into words. An error that is nobody's fault on the way to the server stays unnamed. */
export function explain(step: SshStep, error: unknown, about: Circumstances): Explanation {
  if (error instanceof LoginFailure) return error.explanation;
  if (error instanceof AppError) return explainProblem(error);
  if (error instanceof ConnectionTrouble) return explainTrouble(step, error, about);
  return { detail: 'Something went wrong in the gateway.' };
}

const problemHints: Partial<Record<ProblemCode, string>> = {
  destination_denied: "The gateway's egress policy (EGRESS_ALLOW, EGRESS_DENY) denies it. Ask an administrator.",
  host_key_unknown: 'Compare the fingerprint with what the administrator of the server says, then accept the key.',
  host_key_changed:
    'Do not go on unless the administrator of the server confirms that its key was replaced: somebody may be posing as the server.',
  credential_required: 'Complete the identity. A key that is encrypted needs its passphrase stored with it.',
  secret_unreadable:
    'The stored secret cannot be opened. Store it again. Whoever runs this gateway can verify all stored data with the command: npm start -- verify',
};

function explainProblem(error: AppError): Explanation {
  const hint = problemHints[error.code];
  return hint === undefined ? { detail: error.message } : { detail: error.message, hint };
}

function explainTrouble(step: SshStep, trouble: ConnectionTrouble, about: Circumstances): Explanation {
  switch (step) {
    case 'dns':
      return explainDns(trouble, about);
    case 'tcp':
      return explainTcp(trouble, about);
    case 'banner':
      return explainBanner(trouble, about);
    case 'kex':
      return explainKex(trouble, about);
    case 'hostkey':
      return { detail: `The connection ended while the host key was checked: ${words(trouble)}` };
    case 'auth':
      return explainAuth(trouble);
    case 'channel':
      return { detail: `The server did not open a session: ${words(trouble)}` };
  }
}

/** The far end's own words, which are not to be trusted, or ours where it had none. */
function words({ kind, cause }: ConnectionTrouble): string {
  if (kind === 'late') return 'there was no answer in time.';
  if (kind === 'closed') return 'the server closed the connection.';
  return cause instanceof Error ? `${showable(cause.message)}.` : 'the connection broke.';
}

/** Without the operating system's message, which names the address that a name was resolved to. */
function connectWords(trouble: ConnectionTrouble): string {
  const code = causeCode(trouble);
  return /^E[A-Z]+$/.test(code) ? `${code}.` : words(trouble);
}

function causeCode({ cause }: ConnectionTrouble): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

function explainDns(trouble: ConnectionTrouble, { hop }: Circumstances): Explanation {
  const { host } = hop;
  if (trouble.kind === 'late') {
    return { detail: `Looking up ${host} took too long.`, hint: "Check the gateway's name servers." };
  }
  return causeCode(trouble) === 'EAI_AGAIN'
    ? { detail: `The name servers did not answer for ${host}.`, hint: "Check the gateway's name servers." }
    : { detail: `The name ${host} is not known.`, hint: 'Check the spelling, or enter the address itself.' };
}

/** Reasons of a refused direct-tcpip channel (RFC 4254 section 5.1). */
const forwardingProhibited = 1;
const forwardingConnectFailed = 2;

function explainTcp(trouble: ConnectionTrouble, { hop: { host, port } }: Circumstances): Explanation {
  const where = `${host} port ${port}`;
  const { kind, cause } = trouble;
  if (kind === 'late' || causeCode(trouble) === 'ETIMEDOUT') {
    return {
      detail: `${where} did not answer in time.`,
      hint: 'Check the address, and whether a firewall drops connections from the gateway.',
    };
  }
  if (cause instanceof Error && 'reason' in cause) {
    if (cause.reason === forwardingProhibited) {
      return {
        detail: `The jump host does not allow a connection to ${where}.`,
        hint: 'The jump host has to permit TCP forwarding to this address (AllowTcpForwarding, PermitOpen).',
      };
    }
    if (cause.reason === forwardingConnectFailed) {
      return {
        detail: `The jump host could not connect to ${where}.`,
        hint: 'Check host and port as the jump host sees them.',
      };
    }
  }
  switch (causeCode(trouble)) {
    case 'ECONNREFUSED':
      return {
        detail: `${where} refused the connection.`,
        hint: 'Nothing listens there: check the port, and that the SSH server runs.',
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        detail: `${where} cannot be reached.`,
        hint: 'There is no route from the gateway: check network and VPN.',
      };
    default:
      return { detail: `Connecting to ${where} failed: ${connectWords(trouble)}` };
  }
}

/** Says nothing of what came instead: what listens at an address that is no SSH server is not for the caller to read. */
function explainBanner({ kind }: ConnectionTrouble, { hop: { host, port } }: Circumstances): Explanation {
  const where = `${host} port ${port}`;
  if (kind === 'late')
    return {
      detail: `The server at ${where} did not identify itself as an SSH server in time.`,
      hint: 'Check host and port. A server that is overloaded also answers late.',
    };
  return {
    detail: `The server at ${where} did not answer as an SSH server of version 2.`,
    hint: 'Check host and port. A server that is overloaded or blocks the gateway also closes connections like this.',
  };
}

const kinds = {
  kex: 'key exchange',
  serverHostKey: 'host key',
  cipher: 'cipher',
  hmac: 'MAC',
} as const satisfies Record<keyof ServerOffer, string>;

/** For servers that offer nothing but group exchange (RFC 4419). */
const fixedGroups =
  'Enable a key exchange with a fixed group on the server, in sshd_config: KexAlgorithms +curve25519-sha256,diffie-hellman-group16-sha512,diffie-hellman-group14-sha256. Gatehouse does not use group exchange, because the server chooses the group.';

function isGroupExchange(name: string): boolean {
  return name.startsWith('diffie-hellman-group-exchange-');
}

/** How ssh2 says which list had nothing in common. */
const mismatches = [
  [/key exchange algorithm/, 'kex'],
  [/host key format/, 'serverHostKey'],
  [/cipher/, 'cipher'],
  [/MAC/, 'hmac'],
] as const;

function explainKex(trouble: ConnectionTrouble, { hop, preamble }: Circumstances): Explanation {
  const said = trouble.cause instanceof Error ? trouble.cause.message : '';
  const kind = /no matching/i.test(said) ? mismatches.find(([pattern]) => pattern.test(said))?.[1] : undefined;
  if (kind === undefined) return { detail: `The key exchange failed: ${words(trouble)}` };
  const offered = preamble?.offer()?.[kind] ?? [];
  const detail = `The server and the gateway have no ${kinds[kind]} algorithm in common. The server offers ${showable(offered.join(', '))}.`;
  const optInHelps = !hop.legacyAlgorithms && offered.some((name) => retiredAlgorithms(kind).includes(name));
  if (!optInHelps && kind === 'kex' && offered.some(isGroupExchange)) return { detail, hint: fixedGroups };
  return {
    detail,
    hint: optInHelps
      ? 'Update the server. Until then, “legacyAlgorithms” of the entry allows these retired algorithms.'
      : 'Update the server: what it offers is not safe, or too new for the gateway.',
  };
}

/** A server whose connection somebody on the line could tamper with. */
export function truncatable(): LoginFailure {
  return new LoginFailure({
    detail:
      'The server would use a cipher that the Terrapin attack can truncate (CVE-2023-48795), without strict key exchange.',
    hint: 'Update the server, or let it offer AES-GCM (aes128-gcm@openssh.com) or AES in counter mode.',
  });
}

function explainAuth(trouble: ConnectionTrouble): Explanation {
  if (trouble.kind === 'late') return { detail: 'The server did not answer the authentication in time.' };
  return {
    detail: `The server ended the connection during authentication: ${words(trouble)}`,
    hint: 'Servers do so after too many tries, or when the account may not log in from here.',
  };
}

/** What a person needs to see about a key. */
interface KeyFacts {
  readonly algorithm: string;
  readonly publicKey: Buffer;
  readonly fingerprint: string;
}

/** The server did not let this key in. `asked` says whether it at least wanted a signature of it. */
export function keyRefused(key: KeyFacts, asked: boolean, username: string): Explanation {
  if (asked) {
    return {
      detail: `The server knows the key ${key.fingerprint}, but refused the login with it.`,
      hint: `The account ${username} may be locked, or its authorized_keys may restrict the key (from=, expiry-time=).`,
    };
  }
  return {
    detail: `The server refused the key ${key.fingerprint} for ${username}.`,
    hint: `Check the username, or add this line to ~/.ssh/authorized_keys of ${username} on the server:`,
    line: `${key.algorithm} ${key.publicKey.toString('base64')}`,
  };
}

/** The key could not even be offered: the server takes no signature algorithm that is safe with it. */
export function keyUnusable(key: KeyFacts): Explanation {
  return {
    detail: `The server accepts no signature algorithm that the key ${key.fingerprint} (${key.algorithm}) may use.`,
    hint: 'Use an Ed25519 key, or update the server. Until then, “legacyAlgorithms” of the entry allows RSA with SHA-1.',
  };
}

/** The server refused the stored password, or the answers given in its place. */
export function passwordRefused(username: string): Explanation {
  return {
    detail: `The server refused the password for ${username}.`,
    hint: 'Check username and password. The account may also be locked, or not allowed to log in with a password.',
  };
}

/** The server refused what was answered to its questions. */
export function answersRefused(username: string): Explanation {
  return { detail: `The server refused the answers for ${username}.`, hint: 'Check username, password and code.' };
}

/** The server wants a new password before it lets anybody in (RFC 4252 section 8). */
export function passwordExpired(): LoginFailure {
  return new LoginFailure({
    detail: 'The password has expired.',
    hint: 'Change it on the server, then store the new one.',
  });
}

/** Questions that no person would be asked in earnest. */
export function impossibleQuestions(): LoginFailure {
  return new LoginFailure({
    detail: 'The server asked more questions than a login can need.',
    hint: 'This may not be the server you think it is. Nothing was answered.',
  });
}

/** A question that only a person could answer, in an unattended login. */
export function nobodyToAsk(questions: string): LoginFailure {
  return new LoginFailure({
    detail: `The server asked “${showable(questions)}”, and nobody was there to answer.`,
    hint: 'Log in from a terminal, or use a key for unattended logins.',
  });
}

/** No method was left to try at all. */
export function nothingToOffer(hop: Hop, allowed: readonly string[]): LoginFailure {
  const offered = new Set(hop.credential.offers.map(({ method }) => method));
  const methods = showable(allowed.join(', ')) || 'no method';
  const detail = `The server allows ${hop.username} ${methods}, and there is nothing left to try.`;
  if (offered.has('password') && !hop.hostKeys.allowsPassword) {
    return new LoginFailure({
      detail: `${detail} A password is never sent to a host whose key is not checked.`,
      hint: 'Pin the host key, or use a key.',
    });
  }
  if (offered.size === 0) {
    return new LoginFailure({ detail, hint: 'The identity holds neither a key nor a password: complete it.' });
  }
  return new LoginFailure({
    detail,
    hint: offered.has('password')
      ? 'Store a key in the identity, and its public half in authorized_keys on the server.'
      : 'Store a password in the identity, or let the server allow public keys (PubkeyAuthentication).',
  });
}
