import { say, type Message } from '@gatehouse/contract/messages/message';
import { splitArguments } from '@gatehouse/contract/ssh-arguments';

/** A condition of a block on the name that ssh was called with (`originalhost`), or on the name that it connects to. */
export interface Condition {
  readonly subject: 'originalhost' | 'host';
  readonly patterns: readonly string[];
}

/** Options of one `Host` or `Match` block by lower-case keyword, first values only; `IdentityFile` collects all. */
export interface HostBlock {
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  /** The patterns of a `Host` line; empty for `Match`. */
  readonly names: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** A parsed client configuration. */
export interface SshConfig {
  /** In order; options before the first `Host` form a block for all hosts. */
  readonly blocks: readonly HostBlock[];
  /** The arguments of each `Match` that is not applied: only the client can evaluate it. */
  readonly matches: readonly string[];
  readonly warnings: readonly Message[];
}

/** Keyword, then blanks or one `=`, then arguments (ssh_config(5)). */
const statement = /^"?([a-z]\w*)"?(?:[ \t]*=[ \t]*|[ \t]+)(.*)$/i;

/** Keywords that this import uses and ssh accepts with exactly one argument. */
const singles = new Set(['hostname', 'port', 'user', 'identityfile']);

/** Parses ssh_config(5) text. Never throws: an unreadable line becomes a warning with its number. */
export function parseSshConfig(text: string): SshConfig {
  const blocks: HostBlock[] = [];
  const matches: string[] = [];
  const warnings: Message[] = [];
  let options = new Map<string, string[]>();
  blocks.push({ conditions: [], names: [], options });
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const read = readStatement(line);
    if (read === undefined) {
      warnings.push(say('import_line_unreadable', { line: index + 1 }));
      continue;
    }
    const { keyword, values } = read;
    if (keyword === 'host') {
      options = new Map();
      blocks.push({ conditions: [{ subject: 'originalhost', patterns: values }], names: values, options });
    } else if (keyword === 'match') {
      const conditions = readMatch(values);
      // The lines of a block that is not applied are read, too, so that they do not become part of the previous block.
      options = new Map();
      if (conditions === undefined) matches.push(values.join(' '));
      else blocks.push({ conditions, names: [], options });
    } else if (keyword === 'include')
      warnings.push(say('import_include_skipped', { line: index + 1, files: values.join(' ') }));
    else keep(options, keyword, values);
  }
  return { blocks, matches, warnings };
}

/** Undefined for a line that ssh would refuse. */
function readStatement(line: string): { readonly keyword: string; readonly values: readonly string[] } | undefined {
  const [, name, rest = ''] = statement.exec(line) ?? [];
  const words = splitArguments(rest);
  if (name === undefined || words === undefined || words.length === 0) return undefined;
  const keyword = name.toLowerCase();
  if (singles.has(keyword) && words.length > 1) return undefined;
  // ssh passes both to a shell. What follows a blank behind jump hosts is ignored.
  if (keyword === 'proxycommand') return { keyword, values: [rest] };
  if (keyword === 'proxyjump') return { keyword, values: [unquoted(/^[^\s#]*/.exec(rest)?.[0] ?? '')] };
  return { keyword, values: words };
}

function unquoted(word: string): string {
  return splitArguments(word)?.[0] ?? word;
}

/** `all`, `host` and `originalhost`, which depend on the file alone; undefined for every other criterion. */
function readMatch(words: readonly string[]): Condition[] | undefined {
  if (words.length === 1 && words[0]?.toLowerCase() === 'all') return [];
  const conditions: Condition[] = [];
  for (let index = 0; index < words.length; index++) {
    const [, criterion = '', attached] = /^(\w+)(?:=(.*))?$/.exec(words[index] ?? '') ?? [];
    const subject = criterion.toLowerCase();
    const list = attached ?? words[++index];
    if (list === undefined || (subject !== 'host' && subject !== 'originalhost')) return undefined;
    conditions.push({ subject, patterns: list.toLowerCase().split(',') });
  }
  return conditions;
}

function keep(options: Map<string, string[]>, keyword: string, values: readonly string[]): void {
  const known = options.get(keyword);
  if (known === undefined) options.set(keyword, [...values]);
  else if (keyword === 'identityfile') known.push(...values);
}
