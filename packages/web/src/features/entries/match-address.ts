import type { Entry } from '@gatehouse/contract/entries';
import { defaultPorts } from '@gatehouse/contract/entry-config';
import type { Identity } from '@gatehouse/contract/identities';
import { usernameOf } from './actions/command-for.ts';
import type { Address, QuickAddress } from './address.ts';
import { jumpHostsOf, type TreeIndex } from './tree-index.ts';

/**
 * The SSH server of an address: with its host and port, the same jump hosts, and the same user if the address has one. The name of a server also
 * works as an address.
 */
export function matchAddress(
  index: TreeIndex,
  identities: readonly Identity[],
  address: QuickAddress,
): Entry | undefined {
  const jumps = jumpIds(index, address.jumps);
  return candidates(index, address).find((entry) => {
    const ownJumps = jumpHostsOf(entry.config);
    const sameRoute = address.jumps.length === 0 || ownJumps.join() === jumps?.join();
    return sameRoute && isFor(identities, entry, address.username);
  });
}

/** The ids of the servers of jump hosts; undefined if one of them does not exist as a server. */
export function jumpIds(index: TreeIndex, jumps: readonly Address[]): number[] | undefined {
  const ids = jumps.map((jump) => candidates(index, jump)[0]?.id);
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

function candidates(index: TreeIndex, { host, port }: Address): Entry[] {
  const entries = [...index.entries.values()].map(({ entry }) => entry).filter(({ protocol }) => protocol === 'ssh');
  const byHost = entries.filter(({ ip, config }) => ip === host && config.port === (port ?? defaultPorts.ssh));
  if (byHost.length > 0) return byHost;
  return entries.filter(
    ({ name, config }) => name.toLowerCase() === host && (port === undefined || config.port === port),
  );
}

/** A login with another username than the requested one would be a surprise. */
function isFor(identities: readonly Identity[], entry: Entry, username: string | undefined): boolean {
  return username === undefined || usernameOf(identities, entry) === username;
}
