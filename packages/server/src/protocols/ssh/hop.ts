import { say, type Message } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { reach } from '../dial/reach.ts';
import type { EgressCheck, Hop, LoginOptions } from '../protocol.ts';
import { offer } from './algorithms.ts';
import { TransportError, startAttempt, type Attempt } from '../dial/attempt.ts';
import { authenticate } from './authenticate.ts';
import { forwardBy } from './forward.ts';
import { startHandshake, type Handshake, type HandshakeOptions, type OfferedHostKey } from './handshake.ts';
import type { Circumstances, LoginFailure } from './hints.ts';
import type { ShownHostKey } from './host-certificate.ts';
import { startLog, type StepLog } from './steps.ts';
import { canBeTruncated } from './terrapin.ts';
import { sanitize } from '../untrusted-text.ts';

/** A hop that we are logged in to. */
export interface LoggedInHop {
  readonly client: Client;
  readonly stream: Duplex;
  readonly method: string;
  readonly closed: Promise<void>;
  /** Resolves when the connection was cut: the server exceeded a limit, or sent nothing any more. */
  readonly cut: Promise<LoginFailure>;
}

/** One hop, how it is reached, and its connection log. */
export interface HopContext {
  readonly hop: Hop;
  readonly via: Client | undefined;
  readonly steps: Step[];
  /** Names a jump host in the log; absent for the target. */
  readonly label: string | undefined;
}

/** Logs in to one hop. If it throws, everything that it opened is closed. */
export async function logInToHop(leg: HopContext, options: LoginOptions): Promise<LoggedInHop> {
  const { hop } = leg;
  const { interaction, timeouts, signal } = options;
  const attempt = startAttempt(signal, timeouts.questionMs);
  const about: Circumstances = { hop };
  const log = startLog(leg.steps, interaction, about, leg.label);
  const { pinnedAlgorithms, acceptsCertificates = false } = hop.hostKeys;
  const algorithms = offer({ pinned: pinnedAlgorithms, certificates: acceptsCertificates }, hop.legacyAlgorithms);
  let transport: Transport | undefined;
  try {
    const opened = await attempt.within(timeouts.handshakeMs, async () => {
      const { egress } = options;
      const { silenceMs } = timeouts;
      transport = await openTransport({ ...leg, egress, algorithms, silenceMs }, attempt, log, about);
      const reached = transport;
      await log.run('hostkey', () => verify(hop, reached, attempt), describeKey);
      return reached;
    });
    const { handshake, stream } = opened;
    const { method } = await attempt.within(timeouts.authenticationMs, () =>
      log.run(
        'auth',
        () => authenticate({ hop, handshake, interaction, attempt, log }),
        ({ detail }) => detail,
      ),
    );
    interaction.onLoggedIn?.(hop);
    const { client, closed, cut } = handshake;
    return { client, stream, method, closed, cut };
  } catch (error) {
    transport?.stream.destroy();
    throw error;
  } finally {
    attempt.end();
  }
}

/** A transport whose host key was presented. */
export interface Transport {
  readonly stream: Duplex;
  readonly handshake: Handshake;
  readonly hostKey: OfferedHostKey;
}

interface TransportOptions extends Pick<HandshakeOptions, 'algorithms' | 'silenceMs'> {
  readonly egress: EgressCheck;
}

/** Runs the steps of dialling, `banner` and `kex`. */
export async function openTransport(
  { hop, via, egress, algorithms, silenceMs }: Pick<HopContext, 'hop' | 'via'> & TransportOptions,
  attempt: Attempt,
  log: StepLog,
  about: Circumstances,
): Promise<Transport> {
  const stream = await reach(hop, { forward: via && forwardBy(via), egress }, attempt, log);
  try {
    const login = { username: hop.username, acceptsTruncatable: hop.legacyAlgorithms };
    const handshake = startHandshake(stream, { ...login, algorithms, silenceMs }, attempt);
    about.preamble = handshake.preamble;
    about.offered = algorithms;
    await log.run(
      'banner',
      () => identify(handshake, attempt),
      (version) => say('banner', { version: sanitize(version) }),
    );
    const hostKey = await log.run('kex', () => attempt.race(handshake.hostKey), describeProtection);
    return { stream, handshake, hostKey };
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function identify(handshake: Handshake, attempt: Attempt): Promise<string> {
  const line = await attempt.race(handshake.preamble.identification);
  if (!/^SSH-(2\.0|1\.99)-/.test(line)) throw new TransportError('error', new Error('not SSH 2'));
  return line;
}

function describeProtection({ protection }: OfferedHostKey): Message {
  const [{ cipher, mac }] = protection.directions;
  const algorithms = [cipher, mac].filter((name) => name !== '');
  if (canBeTruncated(protection)) return say('kex_truncatable', { algorithms });
  return say(protection.strictKex ? 'kex_strict' : 'kex_not_strict', { algorithms });
}

/** Until `verify` resolves, the key exchange waits, so no authentication data can have been sent. */
async function verify(hop: Hop, { handshake, hostKey }: Transport, attempt: Attempt): Promise<ShownHostKey> {
  const { facts, certificate } = hostKey.shown;
  await attempt.whileAsking((signal) => hop.hostKeys.verify(facts, signal, certificate));
  attempt.signal.throwIfAborted();
  hostKey.accept();
  await attempt.race(handshake.proven);
  return hostKey.shown;
}

function describeKey({ facts: { algorithm, fingerprint }, certificate }: ShownHostKey): Message {
  if (certificate === undefined) return say('host_key_accepted', { algorithm, fingerprint });
  return say('host_key_certified', { algorithm, fingerprint, authority: certificate.authority.fingerprint });
}
