import type { Duplex } from 'node:stream';
import { Client, type NextAuthHandler } from 'ssh2';
import { TransportError, type Attempt } from '../dial/attempt.ts';
import { LoginFailure, prefixTruncation } from './hints.ts';
import type { Offer } from './algorithms.ts';
import { paceInbound, type PacedInbound } from './inbound.ts';
import { startKeepalive, type Keepalive } from './keepalive.ts';
import { requireVerifiable } from './key-size.ts';
import { listenToPreamble, type Preamble, type ServerOffer } from './preamble.ts';
import { readHostKey, type ShownHostKey } from './host-certificate.ts';
import {
  negotiatedProtection,
  proveWithCertifiedKey,
  reorderOffer,
  sendKeepalive,
  type Protection,
} from './ssh2-internals.ts';
import { canBeTruncated, preferUntruncatable } from './terrapin.ts';

const softwareName = 'Gatehouse';

/** The host key that a server presents, before anything confidential is sent. */
export interface OfferedHostKey {
  readonly shown: ShownHostKey;
  readonly protection: Protection;
  /** Continues the key exchange, which waits until then. */
  accept(): void;
}

/** The progress of a transport (RFC 4253), in the order in which its promises resolve. They never reject: use `Attempt.race`. */
export interface Handshake {
  readonly client: Client;
  readonly preamble: Preamble;
  readonly hostKey: Promise<OfferedHostKey>;
  /** The server has proved that it holds the host key. */
  readonly proven: Promise<void>;
  /** The server expects an authentication method. */
  readonly turns: AuthenticationTurns;
  /** Authentication succeeded. */
  readonly ready: Promise<void>;
  /** The connection is closed. */
  readonly closed: Promise<void>;
  /** Resolves when the connection was cut: the server exceeded a limit, or sent nothing any more. */
  readonly cut: Promise<LoginFailure>;
}

/** How a handshake begins. */
export interface HandshakeOptions {
  readonly username: string;
  readonly algorithms: Offer;
  /** Accept a connection that could be truncated, if the server offers no other. */
  readonly acceptsTruncatable: boolean;
  /** How long the server may send nothing once it has accepted the login, in milliseconds. */
  readonly silenceMs: number;
}

/** Starts the handshake over `stream`. An error fails the attempt, or only closes the client if the attempt has ended. */
export function startHandshake(stream: Duplex, options: HandshakeOptions, attempt: Attempt): Handshake {
  const { username, algorithms, silenceMs } = options;
  const client = new Client();
  const hostKey = Promise.withResolvers<OfferedHostKey>();
  const cut = Promise.withResolvers<LoginFailure>();
  const turns = authenticationTurns();
  const milestones = watch(client, attempt);
  client.connect({
    sock: stream,
    username,
    ident: softwareName,
    algorithms,
    readyTimeout: 0, // the attempt has its own timeouts
    keepaliveInterval: 0, // ssh2 counts only answers to its keepalives, not other messages
    authHandler: turns.handler,
    hostVerifier: verifier(client, attempt, {
      onFirst: hostKey.resolve,
      objection: (protection) =>
        options.acceptsTruncatable || !canBeTruncated(protection)
          ? undefined
          : prefixTruncation(protection, preamble.offer()),
    }),
  });
  const onCut = (failure: LoginFailure) => {
    cut.resolve(failure);
    attempt.fail(failure);
  };
  const keepalive = keepAlive(client, silenceMs, (failure) => {
    onCut(failure);
    stream.destroy();
  });
  const inbound = paceInbound(client, stream, { onMessage: keepalive.heard, onExcess: onCut });
  const preamble = offerInReply(client, stream, { inbound, algorithms, attempt });
  return {
    client,
    preamble,
    hostKey: hostKey.promise,
    turns,
    ...milestones,
    cut: cut.promise,
  };
}

/** Servers send their lists at once. One that waits for ours gets them then. */
const listsMs = 1_000;

interface ReplyOptions {
  readonly inbound: PacedInbound;
  readonly algorithms: Offer;
  readonly attempt: Attempt;
}

/** Lets the library offer our algorithms when those of the server are known, so that a pair that is safe together comes first. */
function offerInReply(client: Client, stream: Duplex, { inbound, algorithms, attempt }: ReplyOptions): Preamble {
  let hasBegun = false;
  const begin = (offer?: ServerOffer) => {
    if (hasBegun) return;
    hasBegun = true;
    clearTimeout(waiting);
    try {
      if (offer !== undefined) reorderOffer(client, preferUntruncatable(algorithms, offer));
    } catch (error) {
      attempt.fail(error instanceof Error ? error : new Error('no offer could be made', { cause: error }));
      return;
    }
    inbound.release();
  };
  const onTooLong = () => {
    attempt.fail(new TransportError('error', new Error('too much before the identification')));
  };
  let waiting: NodeJS.Timeout | undefined;
  const preamble = listenToPreamble(stream, { onTooLong, onEnd: begin });
  void preamble.identification.then(() => {
    if (preamble.offer() === undefined) waiting = setTimeout(begin, listsMs);
  });
  client.once('close', () => {
    clearTimeout(waiting);
  });
  return preamble;
}

/** What the client reports; an error or the end fails the attempt. */
function watch(client: Client, attempt: Attempt): Pick<Handshake, 'proven' | 'ready' | 'closed'> {
  const proven = Promise.withResolvers<undefined>();
  const ready = Promise.withResolvers<undefined>();
  const closed = Promise.withResolvers<undefined>();
  client.on('error', (error: Error & { level?: string }) => {
    // Authentication handles a key that did not sign: it continues with the next method.
    if (error.level !== 'agent') attempt.fail(new TransportError('error', error));
  });
  // After the end of the stream, the library throws when it is used, so the attempt must end then, not at the close.
  client.on('end', () => {
    attempt.fail(new TransportError('closed'));
  });
  client.on('close', () => {
    attempt.fail(new TransportError('closed'));
    closed.resolve(undefined);
  });
  client.once('handshake', () => {
    proven.resolve(undefined);
  });
  client.once('ready', () => {
    ready.resolve(undefined);
  });
  return { proven: proven.promise, ready: ready.promise, closed: closed.promise };
}

/** Sends keepalives from the login to the end of the connection. */
function keepAlive(client: Client, silenceMs: number, onSilence: (failure: LoginFailure) => void) {
  let keepalive: Keepalive | undefined;
  const ping = () => {
    sendKeepalive(client);
  };
  client.once('ready', () => {
    keepalive = startKeepalive({ silenceMs, ping, onSilence });
  });
  client.once('close', () => keepalive?.stop());
  return { heard: () => keepalive?.heard() };
}

interface Verification {
  readonly onFirst: (offered: OfferedHostKey) => void;
  /** Why the connection is not safe enough for a host key to be looked at. */
  readonly objection: (protection: Protection) => LoginFailure | undefined;
}

/** Called by ssh2 for each key exchange: the first one decides, and every later one (RFC 4253 section 9) must present the same key. */
function verifier(client: Client, attempt: Attempt, { onFirst, objection }: Verification) {
  let first: { readonly blob: Buffer; readonly shown: ShownHostKey } | undefined;
  return (blob: Buffer, answer: (permitted: boolean) => void): false | undefined => {
    const isFirst = first === undefined;
    first ??= look(Buffer.from(blob), attempt);
    // Returns without calling back, since ssh2 would otherwise still verify the signature.
    if (first === undefined) return false;
    const { shown } = first;
    // At once, since the library verifies the server's signature while the host key is still being decided on.
    if (shown.certificate !== undefined) proveWithCertifiedKey(client, shown.facts);
    if (!isFirst) {
      if (!first.blob.equals(blob)) return false;
      answer(true);
      return undefined;
    }
    const protection = negotiatedProtection(client);
    const failure = objection(protection);
    if (failure !== undefined) {
      attempt.fail(failure);
      return false;
    }
    const accept = () => {
      answer(true);
    };
    onFirst({ shown, protection, accept });
    return undefined;
  };
}

/** Parses the presented key; a malformed one fails the attempt. */
function look(blob: Buffer, attempt: Attempt) {
  try {
    requireVerifiable(blob);
    return { blob, shown: readHostKey(blob) };
  } catch (error) {
    if (!(error instanceof LoginFailure)) throw error;
    attempt.fail(error);
    return undefined;
  }
}

/** Converts ssh2's callback for the next method to a promise. */
export interface AuthenticationTurns {
  readonly handler: (allowed: unknown, partial: unknown, next: NextAuthHandler) => void;
  /** Resolves when the server expects a method, without using it up. */
  mine(): Promise<unknown>;
  take(): Promise<NextAuthHandler>;
  /** Lets another method follow at once, without an answer of the server to the one before. */
  giveBack(next: NextAuthHandler): void;
}

function authenticationTurns(): AuthenticationTurns {
  let turn = Promise.withResolvers<NextAuthHandler>();
  return {
    handler(_allowed, _partial, next) {
      turn.resolve(next);
    },
    mine: () => turn.promise,
    async take() {
      const next = await turn.promise;
      turn = Promise.withResolvers();
      return next;
    },
    giveBack(next) {
      turn.resolve(next);
    },
  };
}
