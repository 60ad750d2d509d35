import { matchesPattern } from '../../../kernel/host-pattern.ts';
import type { HostBlock, SshConfig } from './parse.ts';

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

/** The names in `Host` lines that are no patterns, in order. */
export function hostNames({ blocks }: SshConfig): string[] {
  const names = blocks.flatMap(({ patterns }) => patterns).filter((pattern) => !isPattern(pattern));
  return [...new Set(names)];
}

/** The patterns in `Host` lines that match several hosts; `*` is left out, because it is how defaults are written. */
export function hostPatterns({ blocks }: SshConfig): string[] {
  const patterns = blocks.flatMap((block) => block.patterns).filter((pattern) => /[*?]/.test(pattern));
  return [...new Set(patterns)].filter((pattern) => pattern !== '*' && !pattern.startsWith('!'));
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text) || text.startsWith('!');
}

/** The effective settings of a host: the first value of each option wins, as in ssh_config(5). */
export function settingsOf({ blocks }: SshConfig, host: string): HostSettings {
  const applying = blocks.filter((block) => applies(block, host)).map(({ options }) => options);
  const first = (keyword: string) => applying.find((options) => options.has(keyword))?.get(keyword);
  // Each of the two options decides for both: the first one wins.
  const proxy = applying.find((options) => options.has('proxyjump') || options.has('proxycommand'));
  const [keyword = ''] = [...(proxy?.keys() ?? [])].filter((key) => key === 'proxyjump' || key === 'proxycommand');
  const way = proxy?.get(keyword)?.join(' ');
  const used = way === undefined || way.toLowerCase() === 'none' ? undefined : way;
  return {
    hostName: first('hostname')?.[0]?.replaceAll(/%([%h])/g, (_, token) => (token === 'h' ? host : '%')),
    port: first('port')?.[0],
    user: first('user')?.[0],
    proxyJump: keyword === 'proxyjump' ? used : undefined,
    proxyCommand: keyword === 'proxycommand' ? used : undefined,
    identityFiles: applying.flatMap((options) => options.get('identityfile') ?? []),
  };
}

function applies({ patterns }: HostBlock, host: string): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(host, pattern.slice(1)))) return false;
  return patterns.some((pattern) => matchesPattern(host, pattern));
}
