import { matchesPattern } from '../../../kernel/host-pattern.ts';
import type { HostCertificate } from '../../../protocols/protocol.ts';

/** Why a certificate of a trusted authority does not vouch for a host now, in words; undefined where it does. */
export function certificateFault(certificate: HostCertificate, host: string, nowMs: number): string | undefined {
  const { keyId, principals, validFromMs, validUntilMs } = certificate;
  const name = `The host certificate “${keyId}”`;
  if (nowMs < validFromMs) return `${name} is not valid before ${asDate(validFromMs)}.`;
  if (nowMs >= validUntilMs) return `${name} was valid until ${asDate(validUntilMs)}. Have the host key signed again.`;
  // Without a name it would vouch for every host, so that one machine could pose as another.
  if (principals.length === 0) return `${name} names no host. Sign the host key again with -n ${host}.`;
  if (!principals.some((principal) => matchesPattern(host.toLowerCase(), principal.toLowerCase())))
    return `${name} is for ${principals.slice(0, 5).join(', ')}, not for ${host}.`;
  return undefined;
}

const lastDateMs = 8.64e15;

function asDate(ms: number): string {
  return new Date(Math.min(ms, lastDateMs)).toISOString();
}
