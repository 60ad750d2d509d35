import type { Entry } from '@gatehouse/contract/entries';
import { defaultPorts } from '@gatehouse/contract/entry-config';
import type { Identity } from '@gatehouse/contract/identities';
import { usernameOf } from './actions/command-for.ts';
import type { Address, QuickAddress } from './address.ts';
import { jumpHostsOf, type TreeIndex } from './tree-index.ts';

/**
 * The SSH server that an address means: of its host and port, reached through the same jump hosts, and for the same user where one was named. A
 * name of a server works as an address too.
 */
export function matchAddress(
  index: TreeIndex,
  identities: readonly Identity[],
  address: QuickAddress,
): Entry | undefined {
  const jumps = jumpIds(index, address.jumps);
  return candidates(index, address).find((entry) => {
    const way = jumpHostsOf(entry.config);
    const sameWay = address.jumps.length === 0 || way.join() === jumps?.join();
    return sameWay && isFor(identities, entry, address.username);
  });
}

/** The ids of the servers that jump hosts mean; undefined where one of them is no server yet. */
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

/** A login as somebody else than was asked for would surprise. */
function isFor(identities: readonly Identity[], entry: Entry, username: string | undefined): boolean {
  return username === undefined || usernameOf(identities, entry) === username;
}
