import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { say } from '@gatehouse/contract/messages/message';
import { AppError } from '../../kernel/app-error.ts';
import { destinationDenied, type Destination } from './destination.ts';
import { connectToAny, lookUp } from './tcp.ts';
import type { EgressCheck } from '../protocol.ts';
import { TransportError, type Attempt } from './attempt.ts';
import type { DialLog } from './steps.ts';

/** Connects from a jump host. */
export type Forward = (to: Destination, signal: AbortSignal) => Promise<Duplex>;

/** How a destination is reached, and the log. */
export interface ReachOptions {
  /** Connects from the last jump host; absent: directly. */
  readonly forward: Forward | undefined;
  readonly egress: EgressCheck;
}

/** Opens the byte stream to a host. Steps `dns` and `tcp`. Throws `destination_denied` if the egress policy denies it. */
export async function reach(
  { host, port }: Destination,
  way: ReachOptions,
  attempt: Attempt,
  log: DialLog,
): Promise<Duplex> {
  const to = { host, port };
  const { forward, egress } = way;
  if (forward === undefined) return reachDirectly(to, egress, attempt, log);
  log.record('dns', 'skipped', { detail: say('dns_by_jump_host') });
  const connect = async () => {
    // Only the name is checked: what it resolves to at the jump host is not known here.
    if (!(await egress({ ...to, from: 'jump-host' }))) throw destinationDenied(to);
    return forward(to, attempt.signal);
  };
  return log.run(
    'tcp',
    () => attempt.race(asTransportError(attempt, connect())),
    () => say('connected_through_jump_host', { host, port }),
  );
}

async function reachDirectly(to: Destination, egress: EgressCheck, attempt: Attempt, log: DialLog): Promise<Socket> {
  const { host, port } = to;
  const { signal } = attempt;
  const find = () => attempt.race(asTransportError(attempt, lookUp(to, egress)));
  const describe = (found: Awaited<ReturnType<typeof lookUp>>) =>
    say('dns_found', { addresses: found.map(({ address }) => address) });
  const isAddress = isIP(host) !== 0;
  const found = isAddress ? undefined : await log.run('dns', find, describe);
  if (isAddress) log.record('dns', 'skipped', { detail: say('dns_not_needed') });
  return log.run(
    'tcp',
    async () => {
      const addresses = found ?? (await find());
      return attempt.race(asTransportError(attempt, connectToAny({ to, addresses, egress, signal })));
    },
    ({ remoteAddress }) => say('connected', { host: remoteAddress ?? host, port }),
  );
}

async function asTransportError<T>(attempt: Attempt, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    attempt.signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new TransportError('error', error);
  }
}
