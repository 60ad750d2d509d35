import type { Duplex, Readable } from 'node:stream';
import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import type { SigningKey } from '../vault/keys/signing-key.ts';
import type { Secret } from '../vault/secret.ts';

export type { SigningKey } from '../vault/keys/signing-key.ts';

/** One machine on the way to the target, or the target itself. */
export interface Hop {
  /** Host name or address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hostKeys: HostKeyCheck;
  /** What to log in with. Opened only when its turn comes and only after the host key has been accepted. */
  readonly credential: CredentialSource;
  /** Offer algorithms that current OpenSSH has retired (RSA with SHA-1, CBC, group1 and group14 with SHA-1). */
  readonly legacyAlgorithms: boolean;
}

/** A connection that is to be made, or was just made. */
export interface EgressRequest {
  /** As requested: a name or an address. */
  readonly host: string;
  readonly port: number;
  /** What the name was resolved to, or what answered. Absent before the lookup, and where a jump host looks up. */
  readonly address?: string;
  readonly from: 'gateway' | 'jump-host';
}

/** Whether a connection may be made. Asked before each lookup, for every address that was found, and for the one that answered. */
export type EgressCheck = (request: EgressRequest) => Promise<boolean>;

/** Where to log in: the jump hosts in order, then the machine itself. */
export interface Target {
  readonly jumps: readonly Hop[];
  readonly hop: Hop;
}

/** What an authority says of a host key (PROTOCOL.certkeys of OpenSSH). Its signature is good; nobody has asked yet whether it is to be trusted. */
export interface HostCertificate {
  readonly authority: HostKeyFacts;
  /** Names the certificate to people. */
  readonly keyId: string;
  /** The names of the host, as patterns. */
  readonly principals: readonly string[];
  /** In milliseconds since 1970. */
  readonly validFromMs: number;
  /** From here on it is valid no more; infinite for one without an end. */
  readonly validUntilMs: number;
}

/**
 * Decides on a host key before any authentication. Throws an `AppError` to refuse (`host_key_unknown`, `host_key_changed`); may ask a person.
 */
export interface HostKeyCheck {
  /** Host key algorithms of the pinned keys, offered first so that a server with several keys shows one that is known. */
  readonly pinnedAlgorithms: readonly string[];
  /** False under policy `none`: the machine is not known, so nothing that can be replayed is sent to it. */
  readonly allowsPassword: boolean;
  /** Whether the server is asked for a certificate first. */
  readonly acceptsCertificates?: boolean;
  verify(offered: HostKeyFacts, signal: AbortSignal, certificate?: HostCertificate): Promise<void>;
}

/** A private key, for the method `publickey` (RFC 4252 section 7). */
export interface KeyOffer {
  readonly method: 'publickey';
  readonly open: () => Promise<SigningKey | undefined>;
}

/** A password, for the method of that name (RFC 4252 section 8), and for a question that asks for one. */
export interface PasswordOffer {
  readonly method: 'password';
  /** `open` asks the interaction. The server's own questions then go there as they are, instead of being answered with a password. */
  readonly asksPerson: boolean;
  readonly open: () => Promise<Secret | undefined>;
}

/** What one part of a credential authenticates with. It is opened when its turn comes, which is recorded; what is missing is `undefined`, never empty. */
export type CredentialOffer = KeyOffer | PasswordOffer;

/** What to authenticate with, known without opening any of it. Offers of one method are tried in this order. */
export interface CredentialSource {
  readonly offers: readonly CredentialOffer[];
}

/** One question of the server to the person (RFC 4256 section 3.2). */
export interface Prompt {
  readonly text: string;
  readonly echo: boolean;
}

/** Who is there while a login happens. Unattended callers leave `ask` out, and what needs a person then fails. */
export interface Interaction {
  onStep(step: Step): void;
  /** A machine on the way, or the target, has let us in. */
  onLoggedIn?(hop: Hop): void;
  /** Answers in the order of the prompts. Throws when the person declines. The secrets are destroyed after use. */
  ask?(
    title: string,
    instructions: string,
    prompts: readonly Prompt[],
    signal: AbortSignal,
  ): Promise<readonly Secret[]>;
}

/** The size of a terminal in characters. */
export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** How a remote program ended: by itself (`code`) or by a signal. */
export interface ExitStatus {
  readonly code: number | null;
  /** Signal name without `SIG` (RFC 4254 section 6.10), or null. */
  readonly signal: string | null;
}

/** An open shell. The stream carries bytes as they are; back-pressure reaches the server's window. */
export interface TerminalChannel {
  readonly stream: Duplex;
  resize(size: TerminalSize): void;
  readonly exited: Promise<ExitStatus>;
  close(): void;
}

/** A running command. The streams carry bytes as they are; back-pressure reaches the server’s window. */
export interface CommandChannel {
  readonly stdin: Duplex;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<ExitStatus>;
  /** Asks the server to signal the command (RFC 4254 section 6.9). Closing alone does not end one that neither reads nor writes. */
  signal(name: 'TERM' | 'KILL'): void;
  close(): void;
}

/** A logged-in connection. Disposing it ends every channel and every jump host on the way. */
export interface Connection extends AsyncDisposable {
  /** The method that the target accepted: `publickey`, `password`, `keyboard-interactive`, or `none` where it lets everybody in. */
  readonly method: string;
  /** Both throw `login_failed` with the step `channel` when the server does not open one. */
  openTerminal(options: TerminalSize & { readonly term: string }): Promise<TerminalChannel>;
  openCommand(command: string): Promise<CommandChannel>;
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>;
}

/** One login: where to, what may be dialled, who answers questions, and how long each part may take. */
export interface LoginOptions {
  readonly target: Target;
  readonly egress: EgressCheck;
  readonly interaction: Interaction;
  readonly timeouts: LoginTimeouts;
  /** Stops the login; once it is done, disposing the connection ends it. An `AppError` as reason is what the login then throws. */
  readonly signal: AbortSignal;
}

/** How long each part of a login may take. */
export interface LoginTimeouts {
  /** Name resolution, TCP, banner and key exchange together, per hop, in milliseconds. The time of a question does not count. */
  readonly handshakeMs: number;
  /** Authentication, per hop, in milliseconds. Opening a credential and the time of a question do not count. */
  readonly authenticationMs: number;
  /** How long a person may think about a question, and how long a credential may take to open, in milliseconds. */
  readonly questionMs: number;
  /** Opening a channel, in milliseconds. */
  readonly channelMs: number;
}

/**
 * Logs in. Throws `AppError` with the steps so far: `login_failed`, `destination_denied`, `timed_out` (stopped, or a question not answered), or what
 * `HostKeyCheck.verify`, the credential or the interaction threw. Whatever was open is closed by then.
 */
export type LogIn = (options: LoginOptions) => Promise<Connection>;

/**
 * Connects to a target of any protocol, through its jump hosts, which are logged in to. Nothing is said to the target itself, and no part of its
 * credential opened. Throws what `LogIn` throws. Destroying the stream ends the jump hosts.
 */
export type Dial = (options: LoginOptions) => Promise<Duplex>;

/** The host keys that a server offers now, one handshake per algorithm, without authenticating. Jump hosts are logged in to. */
export type ScanHostKeys = (options: LoginOptions) => Promise<readonly HostKeyFacts[]>;
