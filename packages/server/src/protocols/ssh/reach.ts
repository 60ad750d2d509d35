import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Hop } from '../protocol.ts';
import { ConnectionTrouble, type Attempt } from './attempt.ts';
import type { StepLog } from './steps.ts';
import { connectToAny, resolve } from './tcp.ts';

type Destination = Pick<Hop, 'host' | 'port'>;

/** Opens the byte stream to a machine: over TCP from here, or through the jump host `via`. Steps `dns` and `tcp`. */
export async function reach(to: Destination, via: Client | undefined, attempt: Attempt, log: StepLog): Promise<Duplex> {
  if (via === undefined) return reachDirectly(to, attempt, log);
  log.record('dns', 'skipped', { detail: 'The jump host looks up the name.' });
  return log.run(
    'tcp',
    () => attempt.race(orTrouble(attempt, tunnel(via, to, attempt))),
    () => `Connected to ${to.host} port ${to.port} through the jump host.`,
  );
}

async function reachDirectly({ host, port }: Destination, attempt: Attempt, log: StepLog): Promise<Socket> {
  const lookUp = () => attempt.race(orTrouble(attempt, resolve(host)));
  const describe = (found: Awaited<ReturnType<typeof resolve>>) => found.map(({ address }) => address).join(', ');
  const addresses = isIP(host) === 0 ? await log.run('dns', lookUp, describe) : await lookUp();
  if (isIP(host) !== 0) log.record('dns', 'skipped', { detail: 'An address needs no lookup.' });
  return log.run(
    'tcp',
    () => attempt.race(orTrouble(attempt, connectToAny(addresses, port, attempt.signal))),
    ({ remoteAddress }) => `Connected to ${remoteAddress ?? host} port ${port}.`,
  );
}

/** A `direct-tcpip` channel (RFC 4254 section 7.2). The originator is of no use to the far end, so it learns nothing. */
function tunnel(via: Client, { host, port }: Destination, attempt: Attempt): Promise<Duplex> {
  return new Promise((opened, failed) => {
    via.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
      if (error) {
        failed(error);
        return;
      }
      // Stays for the channel's life: an error on a stream that nobody listens to would end the process.
      channel.on('error', () => undefined);
      if (attempt.signal.aborted) channel.destroy();
      else opened(channel);
    });
  });
}

async function orTrouble<T>(attempt: Attempt, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    attempt.signal.throwIfAborted();
    throw new ConnectionTrouble('error', error);
  }
}
