import { createHash, createHmac } from 'node:crypto';
import { say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { invalid } from '../../../kernel/app-error.ts';
import { matchesPattern } from '../../../kernel/host-pattern.ts';
import { hostSpellings, splitKnownHostsName } from './host-spelling.ts';

/** A host key from a request. */
export interface ParsedHostKey {
  readonly facts: HostKeyFacts;
  /** `authority` for a line that begins with @cert-authority. */
  readonly role: 'host' | 'authority';
  /** `imported` for a line of known_hosts. */
  readonly source: 'confirmed' | 'imported';
}

/** What lines hold for one host and port. */
export interface KeysOfHost {
  readonly keys: readonly ParsedHostKey[];
  /** Keys of lines that begin with @revoked. None of them is among `keys`. */
  readonly revoked: readonly HostKeyFacts[];
  /** Lines that were not used. */
  readonly skipped: {
    /** For other hosts or ports. */
    readonly otherHosts: number;
    /** For this host, with a mark or a type of key that is not supported. */
    readonly unsupported: number;
  };
}

const algorithms: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'ssh-dss',
];
/** How the name of a type of key begins in OpenSSH (sshkey.c), supported or not. A host cannot have such a name and a key after it. */
const keyTypeName = /^(?:(?:sk-)?(?:ssh|ecdsa)-|webauthn-|x509v3-)[\x21-\x7e]+$/;
const certificateName = /-cert-v\d\d@openssh\.com$/;
const authorityMark = '@cert-authority';
const revokedMark = '@revoked';
const sshPort = 22;
const maxLines = 1_000;

interface Machine {
  readonly host: string;
  readonly port: number;
}

/**
 * The keys in lines of the form `algorithm base64`, and those of known_hosts lines (sshd(8)) that are for this host and port. Lines for other
 * hosts and of unsupported types are skipped and counted, as ssh does. Throws `invalid_request` for a line that is neither, for a key that is
 * damaged, and when nothing is left.
 */
export function parseKeyLines(texts: readonly string[], host: string, port: number): KeysOfHost {
  const lines = texts.flatMap((text, index) => text.split(/\r?\n/).map((line) => ({ line: line.trim(), index })));
  if (lines.length > maxLines) throw invalid('keys', say('too_many_lines', { most: maxLines }));
  const keys = new Map<string, ParsedHostKey>();
  const revoked = new Map<string, HostKeyFacts>();
  const skipped = { otherHosts: 0, unsupported: 0 };
  for (const { line, index } of lines) {
    const parsed = parseLine(line, `keys.${index}`, { host, port });
    if (parsed === 'otherHosts' || parsed === 'unsupported') skipped[parsed] += 1;
    else if (parsed?.mark === 'revoked') revoked.set(parsed.facts.publicKey, parsed.facts);
    else if (parsed !== undefined && !keys.has(parsed.facts.publicKey)) keys.set(parsed.facts.publicKey, given(parsed));
  }
  for (const publicKey of revoked.keys()) keys.delete(publicKey);
  if (keys.size + revoked.size === 0) {
    const name = { host: knownHostsName(host, port) };
    throw invalid(
      'keys',
      skipped.unsupported > 0 ? say('no_supported_line_for_host', name) : say('no_line_for_host', name),
    );
  }
  return { keys: [...keys.values()], revoked: [...revoked.values()], skipped };
}

/** A key as a known_hosts line. */
export function knownHostsLine(
  { host, port }: Machine,
  key: { readonly role: ParsedHostKey['role']; readonly publicKey: string; readonly isRevoked: boolean },
): string {
  const line = `${knownHostsName(host, port)} ${key.publicKey}`;
  if (key.isRevoked) return `${revokedMark} ${line}`;
  return key.role === 'authority' ? `${authorityMark} ${line}` : line;
}

/** The name of a machine in known_hosts: in brackets with its port, unless that is 22. */
export function knownHostsName(host: string, port: number): string {
  return port === sshPort ? host : `[${host}]:${port}`;
}

type Mark = 'host' | 'authority' | 'revoked';

interface ParsedLine {
  readonly mark: Mark;
  readonly facts: HostKeyFacts;
  readonly source: ParsedHostKey['source'];
}

type Skipped = 'otherHosts' | 'unsupported';

function given({ mark, facts, source }: ParsedLine): ParsedHostKey {
  return { facts, role: mark === 'authority' ? 'authority' : 'host', source };
}

function parseLine(line: string, path: string, machine: Machine): ParsedLine | Skipped | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const [first = '', ...others] = line.split(/[ \t]+/);
  if (first === authorityMark) return parseEntry(others, path, { machine, mark: 'authority' });
  if (first === revokedMark) return parseEntry(others, path, { machine, mark: 'revoked' });
  if (first.startsWith('@')) return 'unsupported';
  if (!keyTypeName.test(first)) return parseEntry([first, ...others], path, { machine, mark: 'host' });
  return { facts: parseKey(first, others[0] ?? '', path), mark: 'host', source: 'confirmed' };
}

interface ExpectedLine {
  readonly machine: Machine;
  readonly mark: Mark;
}

/** A line of known_hosts without its mark. SSH protocol 1 has numbers where the type of the key is. */
function parseEntry(
  [hosts = '', algorithm = '', base64 = '']: readonly string[],
  path: string,
  { machine, mark }: ExpectedLine,
): ParsedLine | Skipped {
  const isProtocol1 = /^\d+$/.test(algorithm) && /^\d+$/.test(base64);
  if (!isProtocol1 && !keyTypeName.test(algorithm)) throw invalid(path, say('not_a_host_key'));
  if (!namesHost(hosts, machine)) return 'otherHosts';
  if (!algorithms.includes(algorithm)) return 'unsupported';
  return { facts: parseKey(algorithm, base64, path), mark, source: 'imported' };
}

function parseKey(algorithm: string, base64: string, path: string): HostKeyFacts {
  if (certificateName.test(algorithm)) throw invalid(path, say('certificate_as_host_key'));
  if (!algorithms.includes(algorithm)) throw invalid(path, say('host_key_type_unsupported', { algorithm }));
  const blob = Buffer.from(base64, 'base64');
  const header = Buffer.alloc(4 + algorithm.length);
  header.writeUInt32BE(algorithm.length);
  header.write(algorithm, 4, 'latin1');
  // RFC 4253 section 6.6: the blob repeats its algorithm. A different re-encoding means that it was not base64.
  if (
    blob.toString('base64') !== base64 ||
    blob.length < header.length + 4 + 1 ||
    !blob.subarray(0, header.length).equals(header)
  )
    throw invalid(path, say('key_of_another_algorithm', { algorithm }));
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { algorithm, fingerprint: `SHA256:${digest}`, publicKey: `${algorithm} ${base64}` };
}

function namesHost(hosts: string, { host, port }: Machine): boolean {
  const names = hostSpellings(host).map((spelling) => knownHostsName(spelling, port));
  if (hosts.startsWith('|')) return names.some((name) => matchesHash(hosts, name));
  const patterns = hosts.toLowerCase().split(',').map(asWritten);
  const matches = (pattern: string) => names.some((name) => matchesPattern(name, pattern));
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

/** A pattern with an IPv6 address in its shortest spelling, and without the port where that is 22 (`[host]:22`). */
function asWritten(pattern: string): string {
  const [, not = '', name = ''] = /^(!?)(.*)$/.exec(pattern) ?? [];
  const { host, port } = splitKnownHostsName(name);
  return not + knownHostsName(hostSpellings(host)[0] ?? host, port ?? sshPort);
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, as HashKnownHosts writes it. */
function matchesHash(hashed: string, name: string): boolean {
  const [, version, salt = '', hash = ''] = hashed.split('|');
  if (version !== '1') return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
