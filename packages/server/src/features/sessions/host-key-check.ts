import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { AppError } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { HostKeyCheck } from '../../protocols/protocol.ts';
import type { Entries, ResolvedEntry } from '../entries/service.ts';
import type { Person } from './person.ts';

interface Check {
  readonly caller: Caller;
  readonly entry: ResolvedEntry;
  readonly entries: Pick<Entries, 'pinnedKeys' | 'pinKey'>;
  /** Who may accept an unknown key now; absent for unattended uses. */
  readonly person: Person | undefined;
}

/**
 * The entry's host-key policy, applied to what its server offers. A changed key stops everything under every policy but `none`; an unknown
 * one is decided by the policy (ssh_config(5), StrictHostKeyChecking).
 */
export async function createHostKeyCheck({ caller, entry, entries, person }: Check): Promise<HostKeyCheck> {
  const readPinned = () => entries.pinnedKeys(entry.id, entry.host, entry.port);
  const known = await readPinned();
  const policy = entry.config.hostKeyPolicy;
  const pin = (offered: HostKeyFacts, source: 'confirmed' | 'accept-new') =>
    entries.pinKey(caller, { entryId: entry.id, host: entry.host, port: entry.port, facts: offered, source });

  return {
    pinnedAlgorithms: known.map(({ algorithm }) => algorithm),
    allowsPassword: policy !== 'none',
    async verify(offered, signal) {
      if (policy === 'none') return;
      // Once more: a key may have been accepted or taken back while the connection was made.
      const pinned = await readPinned();
      if (pinned.some(({ publicKey }) => publicKey === offered.publicKey)) return;
      const refuse = (code: 'host_key_unknown' | 'host_key_changed', message: string) =>
        new AppError(code, message, {
          facts: { hostKey: { entryId: entry.id, host: entry.host, port: entry.port, offered, pinned } },
        });
      const where = `${entry.host}:${entry.port}`;
      if (pinned.length > 0)
        throw refuse(
          'host_key_changed',
          `The host key of ${where} has changed: it is now ${offered.algorithm} ${offered.fingerprint}.`,
        );
      if (policy === 'accept-new') return pin(offered, 'accept-new');
      const unknown = refuse(
        'host_key_unknown',
        `The host key of ${where} is not known: ${offered.algorithm} ${offered.fingerprint}. Compare it with the server's own, then accept it.`,
      );
      if (policy !== 'ask' || person === undefined) throw unknown;
      const [answer] = await person.ask(
        {
          kind: 'hostkey',
          host: entry.host,
          port: entry.port,
          algorithm: offered.algorithm,
          fingerprint: offered.fingerprint,
        },
        signal,
      );
      if (answer !== 'accept') throw unknown;
      await pin(offered, 'confirmed');
    },
  };
}
