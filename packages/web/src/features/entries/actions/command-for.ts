import type { Entry } from '@gatehouse/contract/entries';
import type { Identity } from '@gatehouse/contract/identities';
import { sshCommand, type Address } from '../address.ts';
import { configText, jumpHostsOf, type TreeIndex } from '../tree-index.ts';

/** The ssh(1) command that reaches a server as Gatehouse does, with the user names of its first identities. */
export function commandFor(index: TreeIndex, identities: readonly Identity[], entry: Entry): string {
  const jumps = jumpHostsOf(entry.config).flatMap((id) => index.entries.get(id)?.entry ?? []);
  return sshCommand({ ...machineOf(identities, entry), jumps: jumps.map((jump) => machineOf(identities, jump)) });
}

function machineOf(identities: readonly Identity[], entry: Entry): Address {
  return { host: entry.ip, port: entry.config.port, username: usernameOf(identities, entry) };
}

/** The username of a login to the server: the entry's own, else that of its first identity. */
export function usernameOf(identities: readonly Identity[], entry: Entry): string | undefined {
  const own = configText(entry.config, 'username');
  if (own !== '') return own;
  const [first] = entry.identities;
  return identities.find(({ id }) => id === first)?.username ?? undefined;
}
