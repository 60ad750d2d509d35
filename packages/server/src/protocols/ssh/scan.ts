import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import type { Algorithms, Client } from 'ssh2';
import type { Attendant, LoginOptions, ScanHostKeys } from '../protocol.ts';
import { hostKeyFamilies, offer } from './algorithms.ts';
import { startAttempt } from './attempt.ts';
import type { Circumstances } from './hints.ts';
import { openTransport } from './hop.ts';
import { hostKeyFacts } from './host-key.ts';
import { logInToJumps } from './login.ts';
import type { ServerOffer } from './preamble.ts';
import { startLog } from './steps.ts';

/** The first key exchange tells what the server has; the others would only repeat its steps. */
const silent: Attendant = { onStep: () => undefined };

/**
 * Asks the target for its host keys, one key exchange per type of key, each broken off once the server has proved that it holds the key.
 * Nothing is pinned and nobody is logged in, but for the jump hosts.
 */
export const scanHostKeys: ScanHostKeys = async (options) => {
  const steps: Step[] = [];
  await using undo = new AsyncDisposableStack();
  const jumps = await logInToJumps(options, steps, undo);
  const scan = { options, steps, via: jumps.at(-1)?.client };
  const { legacyAlgorithms } = options.target.hop;
  const everything = offer([], legacyAlgorithms);
  const first = await proveHostKey(scan, everything, options.attendant);
  const found = [first.facts];
  for (const family of hostKeyFamilies(legacyAlgorithms)) {
    const offered = family.some((name) => first.offer?.serverHostKey.includes(name));
    const known = family.some(
      (name) => name === first.facts.algorithm || (name.startsWith('rsa-') && first.facts.algorithm === 'ssh-rsa'),
    );
    if (!offered || known) continue;
    const { facts } = await proveHostKey(scan, { ...everything, serverHostKey: family }, silent);
    found.push(facts);
  }
  return found;
};

interface Scan {
  readonly options: LoginOptions;
  readonly steps: readonly Step[];
  readonly via: Client | undefined;
}

async function proveHostKey(
  { options, steps, via }: Scan,
  algorithms: Algorithms,
  attendant: Attendant,
): Promise<{ facts: HostKeyFacts; offer: ServerOffer | undefined }> {
  const { hop } = options.target;
  const attempt = startAttempt(options.signal, options.timeouts.questionMs);
  const about: Circumstances = { hop };
  const log = startLog([...steps], attendant, about, undefined);
  using undo = new DisposableStack();
  undo.defer(() => {
    attempt.end();
  });
  return await attempt.within(options.timeouts.handshakeMs, async () => {
    const { stream, handshake, hostKey } = await openTransport({ hop, via, algorithms }, attempt, log, about);
    undo.defer(() => stream.destroy());
    // Before the library can ask for the authentication service, in the same turn.
    handshake.client.once('handshake', () => stream.destroy());
    const facts = hostKeyFacts(hostKey.blob);
    await log.run(
      'hostkey',
      async () => {
        hostKey.accept();
        await attempt.race(handshake.proven);
      },
      () => `${facts.algorithm} ${facts.fingerprint}`,
    );
    return { facts, offer: handshake.preamble.offer() };
  });
}
