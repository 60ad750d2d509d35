import { say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { refuse, type AppError } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { HostCertificate, HostKeyCheck } from '../../../protocols/protocol.ts';
import type { ResolvedEntry } from '../../../access/resolved-entry.ts';
import type { Entries } from '../../inventory/service.ts';
import { certificateFault } from './host-certificate.ts';
import type { HopPerson } from './person.ts';

interface Check {
  readonly caller: Caller;
  readonly entry: ResolvedEntry;
  readonly entries: Pick<Entries, 'trustedKeys' | 'pinKey'>;
  /** The person who may accept an unknown key; absent for unattended uses. */
  readonly person: HopPerson | undefined;
  readonly now: () => Date;
}

/**
 * Applies the entry's host-key policy to the key that its server presents. A changed key stops the login under every policy but `none`; an unknown
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
      // Read again: a key may have been pinned or removed during the connection.
      const { keys: pinned, authorities, revoked } = await readTrusted();
      refuseRevoked(entry, revoked, [offered, ...(certificate ? [certificate.authority] : [])]);
      if (policy === 'none') return;
      if (certificate !== undefined && isTrusted(certificate, authorities)) {
        const fault = certificateFault(certificate, entry.host, now().getTime());
        if (fault !== undefined) throw fault;
        return;
      }
      if (policy === 'ca') throw uncertified(entry, offered, certificate);
      if (pinned.some(({ publicKey }) => publicKey === offered.publicKey)) return;
      const facts = { hostKey: { entryId: entry.id, host: entry.host, port: entry.port, offered, pinned } };
      const { algorithm, fingerprint } = offered;
      const shown = { host: entry.host, port: entry.port, algorithm, fingerprint };
      if (pinned.length > 0) throw refuse('host_key_changed', shown, { facts });
      if (policy === 'accept-new') return pin(offered, 'accept-new');
      const unknown = refuse('host_key_unknown', shown, { facts });
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

/** Under every policy, `none` included (sshd(8): a warning and never a connection). */
function refuseRevoked(
  { host, port }: ResolvedEntry,
  revoked: readonly HostKeyFacts[],
  presented: readonly HostKeyFacts[],
): void {
  const key = presented.find(({ publicKey }) => revoked.some((one) => one.publicKey === publicKey));
  if (key === undefined) return;
  const { algorithm, fingerprint } = key;
  throw refuse('host_key_revoked', { host, port, algorithm, fingerprint });
}

function isTrusted({ authority }: HostCertificate, authorities: readonly HostKeyFacts[]): boolean {
  return authorities.some(({ publicKey }) => publicKey === authority.publicKey);
}

/** Under `ca` no key is accepted without a certificate, so there is nothing to ask. */
function uncertified(
  { id: entryId, host, port }: ResolvedEntry,
  offered: HostKeyFacts,
  certificate: HostCertificate | undefined,
): AppError {
  const why =
    certificate === undefined
      ? say('no_host_certificate')
      : say('host_certificate_untrusted', { fingerprint: certificate.authority.fingerprint });
  const facts = { hostKey: { entryId, host, port, offered, pinned: [] } };
  return refuse('host_key_uncertified', { host, port, why }, { facts });
}
