import { refuse, type AppError } from '../../../kernel/app-error.ts';
import { matchesPattern } from '../../../kernel/host-pattern.ts';
import type { HostCertificate } from '../../../protocols/protocol.ts';

/** Why a certificate of a trusted authority is not valid for a host now; undefined if it is. */
export function certificateFault(certificate: HostCertificate, host: string, nowMs: number): AppError | undefined {
  const { keyId: name, principals, validFromMs, validUntilMs } = certificate;
  if (nowMs < validFromMs) return refuse('host_certificate_early', { name, date: asDate(validFromMs) });
  if (nowMs >= validUntilMs) return refuse('host_certificate_expired', { name, date: asDate(validUntilMs) });
  // Without a name it would be valid for every host, so that one machine could pose as another.
  if (principals.length === 0) return refuse('host_certificate_unnamed', { name, host });
  if (!principals.some((principal) => matchesPattern(host.toLowerCase(), principal.toLowerCase())))
    return refuse('host_certificate_elsewhere', { name, hosts: principals.slice(0, 5), host });
  return undefined;
}

const lastDateMs = 8.64e15;

function asDate(ms: number): string {
  return new Date(Math.min(ms, lastDateMs)).toISOString();
}
