import { say, type Message } from '@gatehouse/contract/messages/message';

/** Options of one `Host` block by lower-case keyword, first values only; `IdentityFile` collects all. */
export interface HostBlock {
  readonly patterns: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** A parsed client configuration. */
export interface SshConfig {
  /** In order; options before the first `Host` form a block for `*`. */
  readonly blocks: readonly HostBlock[];
  /** The arguments of each `Match`, whose blocks are skipped: only the client can evaluate them. */
  readonly matches: readonly string[];
  readonly warnings: readonly Message[];
}

/** Keyword, then blanks or one `=`, then arguments (ssh_config(5)). */
const statement = /^([a-z]\w*)(?:[ \t]*=[ \t]*|[ \t]+)(.*)$/i;
const argument = /"([^"]*)"|'([^']*)'|(#.*)|([^\s"']\S*)/g;

/** Parses ssh_config(5) text. Never throws: an unreadable line becomes a warning with its number. */
export function parseSshConfig(text: string): SshConfig {
  const blocks: HostBlock[] = [];
  const matches: string[] = [];
  const warnings: Message[] = [];
  let options = new Map<string, string[]>();
  blocks.push({ patterns: ['*'], options });
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const { keyword, values } = readStatement(line);
    if (keyword === undefined || values.length === 0) warnings.push(say('import_line_unreadable', { line: index + 1 }));
    else if (keyword === 'host') blocks.push({ patterns: values, options: (options = new Map()) });
    else if (keyword === 'match') {
      matches.push(values.join(' '));
      // The block is parsed, so that its lines do not become part of the previous block, and then ignored.
      options = new Map();
    } else if (keyword === 'include')
      warnings.push(say('import_include_skipped', { line: index + 1, files: values.join(' ') }));
    else keep(options, keyword, values);
  }
  return { blocks, matches, warnings };
}

function readStatement(line: string): { keyword: string | undefined; values: string[] } {
  const [, keyword, rest = ''] = statement.exec(line) ?? [];
  const values: string[] = [];
  for (const [, double, single, comment, plain] of rest.matchAll(argument)) {
    if (comment !== undefined) break;
    values.push(double ?? single ?? plain ?? '');
  }
  return { keyword: keyword?.toLowerCase(), values };
}

function keep(options: Map<string, string[]>, keyword: string, values: readonly string[]): void {
  const known = options.get(keyword);
  if (known === undefined) options.set(keyword, [...values]);
  else if (keyword === 'identityfile') known.push(...values);
}
