import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { AppError } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { HostCertificate, HostKeyCheck } from '../../../protocols/protocol.ts';
import type { ResolvedEntry } from '../../../access/resolved-entry.ts';
import type { Entries } from '../../entries/service.ts';
import { certificateFault } from './host-certificate.ts';
import type { HopPerson } from './person.ts';

interface Check {
  readonly caller: Caller;
  readonly entry: ResolvedEntry;
  readonly entries: Pick<Entries, 'trustedKeys' | 'pinKey'>;
  /** Who may accept an unknown key now; absent for unattended uses. */
  readonly person: HopPerson | undefined;
  readonly now: () => Date;
}

/**
 * The entry's host-key policy, applied to what its server offers. A changed key stops everything under every policy but `none`; an unknown
 * one is decided by the policy (ssh_config(5), StrictHostKeyChecking).
 */
export async function createHostKeyCheck({ caller, entry, entries, person, now }: Check): Promise<HostKeyCheck> {
  const readTrusted = () => entries.trustedKeys(entry.id, entry.host, entry.port);
  const known = await readTrusted();
  const policy = entry.config.hostKeyPolicy;
  const pin = (offered: HostKeyFacts, source: 'confirmed' | 'accept-new') =>
    entries.pinKey(caller, { entryId: entry.id, host: entry.host, port: entry.port, facts: offered, source });

  return {
    pinnedAlgorithms: known.keys.map(({ algorithm }) => algorithm),
    allowsPassword: policy !== 'none',
    acceptsCertificates: policy === 'ca' || known.authorities.length > 0,
    async verify(offered, signal, certificate) {
      if (policy === 'none') return;
      // Once more: a key may have been accepted or taken back while the connection was made.
      const { keys: pinned, authorities } = await readTrusted();
      if (certificate !== undefined && isTrusted(certificate, authorities)) {
        const fault = certificateFault(certificate, entry.host, now().getTime());
        if (fault !== undefined) throw new AppError('login_failed', fault);
        return;
      }
      if (policy === 'ca') throw uncertified(entry, offered, certificate);
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

function isTrusted({ authority }: HostCertificate, authorities: readonly HostKeyFacts[]): boolean {
  return authorities.some(({ publicKey }) => publicKey === authority.publicKey);
}

/** Under `ca` no key is accepted for itself, so there is nothing to ask. */
function uncertified(
  { id: entryId, host, port }: ResolvedEntry,
  offered: HostKeyFacts,
  certificate: HostCertificate | undefined,
): AppError {
  const why =
    certificate === undefined
      ? 'shows no host certificate'
      : `shows a host certificate of ${certificate.authority.fingerprint}, which is no trusted authority`;
  return new AppError('host_key_unknown', `${host}:${port} ${why}, and its policy accepts nothing else.`, {
    facts: { hostKey: { entryId, host, port, offered, pinned: [] } },
  });
}
