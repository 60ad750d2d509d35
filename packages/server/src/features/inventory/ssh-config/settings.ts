import { matchesPattern } from '../../../kernel/host-pattern.ts';
import type { Condition, SshConfig } from './parse.ts';
import { expandTokens } from './tokens.ts';

/** The settings of one host. */
export interface HostSettings {
  readonly hostName: string | undefined;
  readonly port: string | undefined;
  readonly user: string | undefined;
  /** The argument of ProxyJump; also undefined for `none`. */
  readonly proxyJump: string | undefined;
  readonly proxyCommand: string | undefined;
  readonly identityFiles: readonly string[];
}

/** Longer than any valid host name (RFC 1035 section 2.3.4) or entry name. */
export const maxNameLength = 255;

/** The names in `Host` lines that are no patterns, in order. */
export function hostNames({ blocks }: SshConfig): string[] {
  return [...new Set(blocks.flatMap(({ names }) => names).filter((name) => !isPattern(name)))];
}

/** The patterns in `Host` lines that match several hosts; `*` is left out, because it is how defaults are written. */
export function hostPatterns({ blocks }: SshConfig): string[] {
  const patterns = blocks.flatMap(({ names }) => names).filter((pattern) => /[*?]/.test(pattern));
  return [...new Set(patterns)].filter((pattern) => pattern !== '*' && !pattern.startsWith('!'));
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text) || text.startsWith('!');
}

/** The effective settings of a host: the first value of each option wins, as in ssh_config(5). */
export function settingsOf({ blocks }: SshConfig, host: string): HostSettings {
  const first = new Map<string, string | undefined>();
  const identityFiles: string[] = [];
  for (const { conditions, options } of blocks) {
    const names = { originalhost: host, host: (hostNameOf(first, host) ?? host).toLowerCase() };
    if (!conditions.every((condition) => holds(condition, names))) continue;
    for (const [keyword, values] of options) {
      if (keyword === 'identityfile') identityFiles.push(...values);
      // Each of the two options decides for both: the first one wins.
      else if (!first.has(keyword) && !(isProxy(keyword) && [...first.keys()].some(isProxy)))
        first.set(keyword, values[0]);
    }
  }
  const used = (keyword: string) => (first.get(keyword)?.toLowerCase() === 'none' ? undefined : first.get(keyword));
  return {
    hostName: hostNameOf(first, host),
    port: first.get('port'),
    user: first.get('user'),
    proxyJump: used('proxyjump'),
    proxyCommand: used('proxycommand'),
    identityFiles: identityFiles.filter((file) => file.toLowerCase() !== 'none'),
  };
}

function hostNameOf(first: ReadonlyMap<string, string | undefined>, host: string): string | undefined {
  const name = first.get('hostname');
  return name === undefined ? undefined : (expandTokens(name, { h: host }) ?? name);
}

function isProxy(keyword: string): boolean {
  return keyword === 'proxyjump' || keyword === 'proxycommand';
}

function holds({ subject, patterns }: Condition, names: Readonly<Record<Condition['subject'], string>>): boolean {
  const name = names[subject];
  if (name.length > maxNameLength) return false;
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(name, pattern.slice(1)))) return false;
  return patterns.some((pattern) => matchesPattern(name, pattern));
}
