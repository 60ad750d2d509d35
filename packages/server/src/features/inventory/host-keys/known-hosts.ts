import { createHash, createHmac } from 'node:crypto';
import { say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { invalid } from '../../../kernel/app-error.ts';
import { matchesPattern } from '../../../kernel/host-pattern.ts';

/** A host key as a request brought it. */
export interface GivenKey {
  readonly facts: HostKeyFacts;
  /** `authority` for a line that begins with @cert-authority. */
  readonly role: 'host' | 'authority';
  /** `imported` for a line of known_hosts. */
  readonly source: 'confirmed' | 'imported';
}

const algorithms: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'ssh-dss',
];
const authorityMark = '@cert-authority';
const sshPort = 22;
const maxLines = 1_000;

/**
 * The keys in lines of the form `algorithm base64`, and those of known_hosts lines (sshd(8)) that are for this host and port. Throws
 * `invalid_request` for a line that is neither, and when nothing is left.
 */
export function parseKeyLines(texts: readonly string[], host: string, port: number): GivenKey[] {
  const lines = texts.flatMap((text, index) => text.split(/\r?\n/).map((line) => ({ line: line.trim(), index })));
  if (lines.length > maxLines) throw invalid('keys', say('too_many_lines', { most: maxLines }));
  const keys = new Map<string, GivenKey>();
  for (const { line, index } of lines) {
    const key = parseLine(line, `keys.${index}`, knownHostsName(host, port));
    if (key !== undefined && !keys.has(key.facts.publicKey)) keys.set(key.facts.publicKey, key);
  }
  if (keys.size === 0) throw invalid('keys', say('no_line_for_host', { host: knownHostsName(host, port) }));
  return [...keys.values()];
}

/** A key as a line of known_hosts. */
export function knownHostsLine(host: string, port: number, key: { role: GivenKey['role']; publicKey: string }): string {
  const line = `${knownHostsName(host, port)} ${key.publicKey}`;
  return key.role === 'authority' ? `${authorityMark} ${line}` : line;
}

/** How known_hosts names a machine: in brackets with its port, unless that is 22. */
export function knownHostsName(host: string, port: number): string {
  return port === sshPort ? host : `[${host}]:${port}`;
}

function parseLine(line: string, path: string, name: string): GivenKey | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const [first = '', ...others] = line.split(/[ \t]+/);
  if (first === authorityMark) return parseEntry(others, path, name, 'authority');
  // To pass over a key that was revoked would be to trust it, were it also in another line.
  if (first.startsWith('@')) throw invalid(path, say('known_hosts_mark_unsupported', { mark: first }));
  if (algorithms.includes(first))
    return { facts: parseKey(first, others[0] ?? '', path), role: 'host', source: 'confirmed' };
  return parseEntry([first, ...others], path, name, 'host');
}

function parseEntry(
  [hosts = '', algorithm = '', base64 = '']: readonly string[],
  path: string,
  name: string,
  role: GivenKey['role'],
): GivenKey | undefined {
  const facts = parseKey(algorithm, base64, path);
  return namesHost(hosts, name) ? { facts, role, source: 'imported' } : undefined;
}

function parseKey(algorithm: string, base64: string, path: string): HostKeyFacts {
  if (!algorithms.includes(algorithm)) throw invalid(path, say('not_a_host_key'));
  const blob = Buffer.from(base64, 'base64');
  const header = Buffer.alloc(4 + algorithm.length);
  header.writeUInt32BE(algorithm.length);
  header.write(algorithm, 4, 'latin1');
  // RFC 4253 section 6.6: the blob repeats its algorithm; what does not come out as it went in was not base64.
  if (
    blob.toString('base64') !== base64 ||
    blob.length < header.length + 4 + 1 ||
    !blob.subarray(0, header.length).equals(header)
  )
    throw invalid(path, say('key_of_another_algorithm', { algorithm }));
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { algorithm, fingerprint: `SHA256:${digest}`, publicKey: `${algorithm} ${base64}` };
}

function namesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return matchesHash(hosts, name);
  const patterns = hosts.split(',');
  const matches = (pattern: string) => matchesPattern(name, pattern.toLowerCase());
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, as HashKnownHosts writes it. */
function matchesHash(hashed: string, name: string): boolean {
  const [, version, salt = '', hash = ''] = hashed.split('|');
  if (version !== '1') return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
