import { normalizeHost } from '@gatehouse/contract/host-address';

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
/** The options of ssh(1) that take an argument; they are ignored, except for -p, -l, -J and a few -o. */
const optionsWithArgument = 'BbcDEeFIiJLlmOoPpQRSWw';

/** Reads `user@host:port`, `[v6]:port`, a bare IPv6 address, `ssh://…` or a whole ssh command; undefined if there is no host. */
export function parseQuickAddress(text: string): QuickAddress | undefined {
  const words = wordsOf(text.trim());
  if (words[0] === 'ssh' && words.length > 1) return parseCommand(words.slice(1));
  const [only] = words;
  if (only === undefined || words.length > 1) return undefined;
  const address = parseAddress(only);
  return address && { ...address, jumps: [] };
}

function parseAddress(text: string): Address | undefined {
  const bare = text.replace(/^ssh:\/\//i, '').replace(/\/$/, '');
  const at = bare.lastIndexOf('@');
  const username = at > 0 ? bare.slice(0, at) : undefined;
  const rest = bare.slice(at + 1);
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(rest);
  // More than one colon without brackets is an IPv6 address, which then has no port.
  const plain = bracketed ?? (/:.*:/.test(rest) ? [rest, rest] : /^([^:]+)(?::(\d{1,5}))?$/.exec(rest));
  return addressOf(plain?.[1], plain?.[2], username);
}

function addressOf(name: string | undefined, digits: string | undefined, username: string | undefined) {
  const host = name === undefined ? undefined : normalizeHost(name);
  const port = digits === undefined ? undefined : Number(digits);
  if (host === undefined || (port !== undefined && !(port >= 1 && port <= maxPort))) return undefined;
  return { host, port, username };
}

interface Options {
  port?: string;
  username?: string;
  jumps?: string;
  host?: string;
}

function parseCommand(words: readonly string[]): QuickAddress | undefined {
  const options: Options = {};
  let destination: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      // Words after the destination are a remote command.
      destination = word;
      break;
    }
    const flag = Array.from(word.slice(1)).findIndex((letter) => optionsWithArgument.includes(letter));
    if (flag === -1) continue;
    const attached = word.slice(flag + 2);
    takeOption(options, word.charAt(flag + 1), attached === '' ? (words[++index] ?? '') : attached);
  }
  const address = destination === undefined ? undefined : parseAddress(destination);
  return address && withOptions(address, options);
}

function takeOption(options: Options, letter: string, value: string): void {
  if (letter === 'p') options.port ??= value;
  else if (letter === 'l') options.username ??= value;
  else if (letter === 'J') options.jumps ??= value;
  else if (letter === 'o') {
    const [, name = '', setting = ''] = /^\s*(\w+)\s*[=\s]\s*(.*)$/.exec(value) ?? [];
    const flags: Readonly<Record<string, string>> = { port: 'p', user: 'l', proxyjump: 'J' };
    const known = flags[name.toLowerCase()];
    if (known !== undefined) takeOption(options, known, setting);
    else if (name.toLowerCase() === 'hostname') options.host ??= setting;
  }
}

function withOptions(address: Address, { port, username, jumps, host }: Options): QuickAddress | undefined {
  const named = addressOf(host ?? address.host, port ?? address.port?.toString(), address.username ?? username);
  if (named === undefined || (port !== undefined && !/^\d{1,5}$/.test(port))) return undefined;
  if (jumps === undefined || jumps.toLowerCase() === 'none') return { ...named, jumps: [] };
  const machines = jumps.split(',').map((jump) => parseAddress(jump.trim()));
  const known = machines.filter((jump) => jump !== undefined);
  return known.length === machines.length ? { ...named, jumps: known } : undefined;
}

/** Splits as a shell does: quotes and backslashes protect spaces, a backslash at the end of a line joins it with the next. */
function wordsOf(text: string): string[] {
  const words = text.replace(/\\\r?\n/g, ' ').match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(.)/g, '$1'),
    ),
  );
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
