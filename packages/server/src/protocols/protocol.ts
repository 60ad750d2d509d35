import type { Duplex, Readable } from 'node:stream';
import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import type { SigningKey } from '../vault/keys/signing-key.ts';
import type { Secret } from '../vault/secret.ts';

export type { SigningKey } from '../vault/keys/signing-key.ts';

/** One hop: a jump host or the target. */
export interface Hop {
  /** Host name or address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hostKeys: HostKeyCheck;
  /** The credential. Opened only when it is needed, after the host key was accepted. */
  readonly credential: CredentialOffers;
  /** Offer algorithms that current OpenSSH has retired (RSA with SHA-1, CBC, group1 and group14 with SHA-1). */
  readonly legacyAlgorithms: boolean;
}

/** A connection to be made, or just made. */
export interface EgressRequest {
  /** As requested: a name or an address. */
  readonly host: string;
  readonly port: number;
  /** The resolved or connected address. Absent before the lookup, and if a jump host resolves the name. */
  readonly address?: string;
  readonly from: 'gateway' | 'jump-host';
}

/** Decides whether a connection may be made. Asked before each lookup, for every resolved address, and for the connected one. */
export type EgressCheck = (request: EgressRequest) => Promise<boolean>;

/** Where to log in: the jump hosts in order, then the target. */
export interface Target {
  readonly jumps: readonly Hop[];
  readonly hop: Hop;
}

/** A host certificate (PROTOCOL.certkeys of OpenSSH). Its signature is verified; whether its authority is trusted is not decided yet. */
export interface HostCertificate {
  readonly authority: HostKeyFacts;
  /** The certificate's name for people. */
  readonly keyId: string;
  /** The names of the host, as patterns. */
  readonly principals: readonly string[];
  /** In milliseconds since 1970. */
  readonly validFromMs: number;
  /** The end of its validity; infinite without an end. */
  readonly validUntilMs: number;
}

/** Decides on a host key before any authentication. Throws an `AppError` to refuse (`host_key_unknown`, `host_key_changed`); may ask a person. */
export interface HostKeyCheck {
  /** Host-key algorithms of the pinned keys, offered first so that a server with several keys presents a known one. */
  readonly pinnedAlgorithms: readonly string[];
  /** False under policy `none`: the server is not authenticated, so nothing that can be replayed is sent to it. */
  readonly allowsPassword: boolean;
  /** Whether certificates are offered first. */
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
  /** `open` asks the person. The server's own questions are then shown unchanged, instead of being answered with a password. */
  readonly asksPerson: boolean;
  readonly open: () => Promise<Secret | undefined>;
}

/** One part of a credential. It is opened when it is needed, which is recorded; what is missing is `undefined`, never empty. */
export type CredentialOffer = KeyOffer | PasswordOffer;

/** The parts to authenticate with, known without opening them. Offers of one method are tried in this order. */
export interface CredentialOffers {
  readonly offers: readonly CredentialOffer[];
}

/** One question of the server to the person (RFC 4256 section 3.2). */
export interface Prompt {
  readonly text: string;
  readonly echo: boolean;
}

/** The caller's side of a login. Unattended callers omit `ask`, and a login that needs a person then fails. */
export interface Interaction {
  onStep(step: Step): void;
  /** Called after each successful login to a hop. */
  onLoggedIn?(hop: Hop): void;
  /** Resolves to the answers in the order of the prompts. Throws if the person declines. The secrets are destroyed after use. */
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

/** What the server and the programs of a terminal know of it. */
export interface TerminalEnvironment {
  /** The terminal type: `TERM`. */
  readonly term: string;
  /** Other variables. The server ignores those that it does not accept. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The byte that deletes a character in cooked mode; DEL unless set. */
  readonly eraseByte?: number;
  /** Whether input is UTF-8, in cooked mode; it is unless set. */
  readonly isUtf8?: boolean;
}

/** An open shell. The stream contains unchanged bytes; its back-pressure reaches the server's window. */
export interface TerminalChannel {
  readonly stream: Duplex;
  resize(size: TerminalSize): void;
  readonly exited: Promise<ExitStatus>;
  close(): void;
}

/** A running command. The streams contain unchanged bytes; their back-pressure reaches the server’s window. */
export interface CommandChannel {
  readonly stdin: Duplex;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<ExitStatus>;
  /** Asks the server to signal the command (RFC 4254 section 6.9). A command that neither reads nor writes does not end when the channel closes. */
  signal(name: string): void;
  close(): void;
}

/** A logged-in connection. Disposing it ends every channel and every jump host. */
export interface Connection extends AsyncDisposable {
  /** The method that the target accepted: `publickey`, `password`, `keyboard-interactive`, or `none` if it requires no authentication. */
  readonly method: string;
  /** Both throw `login_failed` with the step `channel` if the server does not open one. */
  openTerminal(options: TerminalSize & TerminalEnvironment): Promise<TerminalChannel>;
  openCommand(command: string): Promise<CommandChannel>;
  /** Resolves when the connection is closed, for any reason. */
  readonly closed: Promise<void>;
}

/** One login: its target, the egress check, the caller's side, and the timeouts. */
export interface LoginOptions {
  readonly target: Target;
  readonly egress: EgressCheck;
  readonly interaction: Interaction;
  readonly timeouts: LoginTimeouts;
  /** Cancels the login; afterwards, dispose the connection. If the reason is an `AppError`, the login throws it. */
  readonly signal: AbortSignal;
}

/** The timeouts of a login. */
export interface LoginTimeouts {
  /** Name resolution, TCP, banner and key exchange together, per hop, in milliseconds. The time of a question does not count. */
  readonly handshakeMs: number;
  /** Authentication, per hop, in milliseconds. Opening a credential and the time of a question do not count. */
  readonly authenticationMs: number;
  /** How long a person may think about a question, and how long a credential may take to open, in milliseconds. */
  readonly questionMs: number;
  /** Opening a channel, in milliseconds. */
  readonly channelMs: number;
  /** How long a server may send nothing after the login before the connection ends, in milliseconds. Keepalives make it answer. */
  readonly silenceMs: number;
}

/**
 * Logs in. Throws `AppError` with the steps so far: `login_failed`, `destination_denied`, `timed_out` (cancelled, or a question not answered), or
 * what `HostKeyCheck.verify`, the credential or the interaction threw. All connections are closed then.
 */
export type LogIn = (options: LoginOptions) => Promise<Connection>;

/**
 * Connects to a target of any protocol through its jump hosts, which are logged in to. Nothing is sent to the target, and its credential is not
 * opened. Throws what `LogIn` throws. Destroying the stream ends the jump hosts.
 */
export type Dial = (options: LoginOptions) => Promise<Duplex>;

/** The host keys that a server offers now, one handshake per algorithm, without authenticating. Jump hosts are logged in to. */
export type ScanHostKeys = (options: LoginOptions) => Promise<readonly HostKeyFacts[]>;
