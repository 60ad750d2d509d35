import { say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Interaction, LoginOptions, ScanHostKeys } from '../protocol.ts';
import { hostKeyFamilies, offer, type Offer } from './algorithms.ts';
import { startAttempt } from '../dial/attempt.ts';
import { endAll } from './connection.ts';
import type { Circumstances } from './hints.ts';
import { openTransport, type LoggedInHop } from './hop.ts';
import { logInToJumps } from './login.ts';
import type { ServerOffer } from './preamble.ts';
import { startLog } from './steps.ts';

/** The first key exchange shows the server's key types; the log of the others would repeat its steps. */
const silent: Interaction = { onStep: () => undefined };

/**
 * Asks the target for its host keys, one key exchange per type, each aborted after the server has proved that it holds the key. Nothing is pinned,
 * and only jump hosts are logged in to.
 */
export const scanHostKeys: ScanHostKeys = async (options) => {
  const steps: Step[] = [];
  const jumps: LoggedInHop[] = [];
  try {
    await logInToJumps(options, steps, jumps);
    return await proveEveryHostKey({ options, steps, via: jumps.at(-1)?.client });
  } finally {
    await endAll(jumps.toReversed());
  }
};

async function proveEveryHostKey(scan: Scan): Promise<readonly HostKeyFacts[]> {
  const { hop } = scan.options.target;
  const everything = offer({ pinned: [], certificates: false }, hop.legacyAlgorithms);
  const first = await proveHostKey(scan, everything, scan.options.interaction);
  const found = [first.facts];
  for (const { keyType, signatures } of hostKeyFamilies(hop.legacyAlgorithms)) {
    const offered = signatures.some((name) => first.offer?.serverHostKey.includes(name));
    if (!offered || keyType === first.facts.algorithm) continue;
    const { facts } = await proveHostKey(scan, { ...everything, serverHostKey: [...signatures] }, silent);
    found.push(facts);
  }
  return found;
}

interface Scan {
  readonly options: LoginOptions;
  readonly steps: readonly Step[];
  readonly via: Client | undefined;
}

async function proveHostKey(
  { options, steps, via }: Scan,
  algorithms: Offer,
  interaction: Interaction,
): Promise<{ facts: HostKeyFacts; offer: ServerOffer | undefined }> {
  const { hop } = options.target;
  const { silenceMs } = options.timeouts;
  const attempt = startAttempt(options.signal, options.timeouts.questionMs);
  const about: Circumstances = { hop };
  const log = startLog([...steps], interaction, about, undefined);
  let stream: Duplex | undefined;
  try {
    return await attempt.within(options.timeouts.handshakeMs, async () => {
      const to = { hop, via, egress: options.egress, algorithms, silenceMs };
      const transport = await openTransport(to, attempt, log, about);
      const { handshake, hostKey } = transport;
      stream = transport.stream;
      // Before the library requests the authentication service, in the same turn.
      handshake.client.once('handshake', () => stream?.destroy());
      const { facts } = hostKey.shown;
      hostKey.accept();
      await log.run(
        'hostkey',
        () => attempt.race(handshake.proven),
        () => say('host_key_accepted', { algorithm: facts.algorithm, fingerprint: facts.fingerprint }),
      );
      return { facts, offer: handshake.preamble.offer() };
    });
  } finally {
    stream?.destroy();
    attempt.end();
  }
}
