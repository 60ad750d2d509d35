import { normalizeHost } from '@gatehouse/contract/host-address';
import { readSshCommand, shellWords } from '@gatehouse/contract/ssh-command';

/** An address as a person types it. Missing parts are undefined. */
export interface Address {
  readonly host: string;
  readonly port: number | undefined;
  readonly username: string | undefined;
}

/** The destination of quick connect, and its jump hosts in order. */
export interface QuickAddress extends Address {
  readonly jumps: readonly Address[];
}

const maxPort = 65_535;

/** Reads `user@host:port`, `[v6]:port`, a bare IPv6 address, `ssh://…` or a whole ssh command; undefined if there is no host. */
export function parseQuickAddress(text: string): QuickAddress | undefined {
  const trimmed = text.trim();
  const words = shellWords(trimmed);
  if (words[0] === 'ssh' && words.length > 1) return parseCommand(words.slice(1));
  if (words.length !== 1) return undefined;
  // No shell reads an address alone: its backslashes belong to the user name.
  const address = parseAddress(/["']/.test(trimmed) ? (words[0] ?? '') : trimmed);
  return address && { ...address, jumps: [] };
}

function parseAddress(text: string): Address | undefined {
  const uri = /^ssh:\/\/(.*?)\/?$/i.exec(text)?.[1];
  const bare = uri ?? text;
  const at = bare.lastIndexOf('@');
  const username = at < 0 ? undefined : userOf(bare.slice(0, at), uri !== undefined);
  if (username === '') return undefined;
  const rest = bare.slice(at + 1);
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(rest);
  // More than one colon without brackets is an IPv6 address, which then has no port.
  const plain = bracketed ?? (/:.*:/.test(rest) ? [rest, rest] : /^([^:]+)(?::(\d{1,5}))?$/.exec(rest));
  return addressOf(plain?.[1], plain?.[2], username);
}

/** In a URI, parameters may follow the name, and it may be percent-encoded. Empty if it is none. */
function userOf(text: string, isUri: boolean): string {
  if (!isUri) return text;
  try {
    return decodeURIComponent(text.replace(/;.*$/s, ''));
  } catch {
    return '';
  }
}

function addressOf(name: string | undefined, digits: string | undefined, username: string | undefined) {
  const host = name === undefined ? undefined : normalizeHost(name);
  const port = digits === undefined ? undefined : Number(digits);
  if (host === undefined || (port !== undefined && !(port >= 1 && port <= maxPort))) return undefined;
  return { host, port, username };
}

function parseCommand(words: readonly string[]): QuickAddress | undefined {
  const command = readSshCommand(words, (text) => {
    const address = parseAddress(text);
    return address && { username: address.username, port: address.port?.toString() };
  });
  if (command === undefined) return undefined;
  const { destination, port, username, jumps, hostName } = command;
  const host = parseAddress(destination)?.host;
  const expanded = hostName?.replace(/%([%h])/g, (_, token) => (token === 'h' ? (host ?? '') : '%'));
  const named = addressOf(expanded ?? host, port, username);
  if (named === undefined || username === '' || (port !== undefined && !/^\d{1,5}$/.test(port))) return undefined;
  if (jumps === undefined || jumps.toLowerCase() === 'none') return { ...named, jumps: [] };
  const machines = jumps.split(',').map((jump) => parseAddress(jump.trim()));
  const known = machines.filter((jump) => jump !== undefined);
  return known.length === machines.length ? { ...named, jumps: known } : undefined;
}

/** `user@host:port`, with an IPv6 address in brackets if a port follows. */
export function formatAddress({ host, port, username }: Address, defaultPort?: number): string {
  const shownPort = port === undefined || port === defaultPort ? '' : `:${port}`;
  const shownHost = host.includes(':') && shownPort !== '' ? `[${host}]` : host;
  return `${username === undefined ? '' : `${username}@`}${shownHost}${shownPort}`;
}

/** An ssh(1) command for an address, to run in another shell. */
export function sshCommand({ jumps, ...target }: QuickAddress): string {
  const port = target.port === undefined || target.port === 22 ? [] : ['-p', String(target.port)];
  const jumpOptions = jumps.length === 0 ? [] : ['-J', jumps.map((jump) => formatJump(jump)).join(',')];
  // Before the @, it could be taken for an option.
  const login = target.username?.startsWith('-') === true ? ['-l', target.username] : [];
  const username = login.length === 0 ? target.username : undefined;
  const destination = formatAddress({ host: target.host, port: undefined, username });
  return ['ssh', ...port, ...jumpOptions, ...login, destination].map(quote).join(' ');
}

function formatJump(jump: Address): string {
  // -J reads an address with colons only in brackets.
  const host = jump.host.includes(':') ? `[${jump.host}]` : jump.host;
  const port = jump.port === undefined || jump.port === 22 ? '' : `:${jump.port}`;
  return `${jump.username === undefined ? '' : `${jump.username}@`}${host}${port}`;
}

/** A name can contain any character, and the command will be pasted into a shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./[\]-]+$/.test(word) && !word.includes('[') ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
