import { maxImportedServers, type ImportSshConfig } from '@gatehouse/contract/ssh-config-import';
import { entryConfigSchema, maxJumpHosts, type EntryConfig } from '@gatehouse/contract/entry-config';
import { line } from '@gatehouse/contract/fields';
import { faultOf } from '@gatehouse/contract/messages/faults';
import { inEnglish, say, type Message } from '@gatehouse/contract/messages/message';
import { parseSshConfig, type Condition, type SshConfig } from './parse.ts';
import { jumpsOf, tooManyJumps, type Jump } from './jumps.ts';
import { hostNames, hostPatterns, maxNameLength, settingsOf, type HostSettings } from './settings.ts';
import { Skip } from './skip.ts';

/** An entry that an import would add; its jump hosts are named and come before it. */
export interface PlannedEntry {
  readonly name: string;
  readonly config: EntryConfig;
  /** The complete route, in order. */
  readonly jumps: readonly string[];
  /** What the notes of the config say. */
  readonly notes: Message | undefined;
  readonly identities?: number[];
}

/** The result that an import would have. */
export interface ImportPlan {
  readonly entries: readonly PlannedEntry[];
  readonly skipped: readonly { readonly host: string; readonly reason: Message }[];
  readonly warnings: readonly Warning[];
}

/** What is lost in an import. */
export interface Warning {
  /** The entry that it is about; null where it is about a line of the file. */
  readonly entry: string | null;
  readonly said: Message;
}

/** The text exceeds the limits of an import. */
class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A jump host by the name of its entry. */
interface JumpSpec extends Jump {
  readonly name: string;
}

const nameSchema = line(1, 255);

/** The most hosts of one import, jump hosts included, and the most names and patterns in its `Host` lines: each host is matched against all. */
export const importLimits = { hosts: maxImportedServers, patterns: 2_000 };
/** The most steps of all matching with `*`: a short time in which no other request is served. */
const maxSteps = 10_000_000;

/** The state while a plan is built. */
interface ImportState {
  readonly lookUp: (host: string) => HostSettings;
  readonly planned: Map<string, PlannedEntry>;
  /** Reasons by name. */
  readonly failed: Map<string, Message>;
  readonly warnings: Warning[];
}

/** Plans the import of servers that a client has read from its file. One that is named twice is added once. */
export function planServers(servers: NonNullable<ImportSshConfig['servers']>): ImportPlan {
  const entries = servers.map(({ name, config, identities }) => ({
    name,
    config,
    jumps: [],
    notes: undefined,
    ...(identities && { identities }),
  }));
  const byKey = new Map(entries.map((entry) => [destinationKey(entry.name, entry.config), entry]));
  return { entries: [...byKey.values()], skipped: [], warnings: [] };
}

/** What an entry is recognized by when a file is imported again. */
export function destinationKey(name: string, { ip, port }: { readonly ip: string; readonly port: number }): string {
  return JSON.stringify([ip, port, name]);
}

/** Plans the import of an ssh_config(5) text; `undefined` if it exceeds the limits. */
export function planImport(text: string): ImportPlan | undefined {
  const config = parseSshConfig(text);
  const patterns = patternsOf(config);
  if (patterns.length > importLimits.patterns) return undefined;
  const draft: ImportState = { lookUp: limitedLookUp(config), planned: new Map(), failed: new Map(), warnings: [] };
  try {
    for (const name of hostNames(config)) planHost(draft, { name, host: name, user: undefined, port: undefined }, []);
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
  const skipped = [
    ...[...draft.failed].map(([host, reason]) => ({ host, reason })),
    ...hostPatterns(config).map((host) => ({ host, reason: say('import_pattern') })),
    ...config.matches.map((match) => ({ host: `Match ${match}`, reason: say('import_match_block') })),
  ];
  return {
    entries: [...draft.planned.values()],
    skipped,
    warnings: [...config.warnings.map((said) => ({ entry: null, said })), ...draft.warnings],
  };
}

/** Finds the settings of each host once; throws `TooLarge` if that takes too many steps. */
function limitedLookUp(config: SshConfig): (host: string) => HostSettings {
  const found = new Map<string, HostSettings>();
  const originalhost = charactersWithStar(config, 'originalhost');
  // The other name is known only when the settings are, and as long as a name may be.
  const stepsForHost = charactersWithStar(config, 'host') * maxNameLength;
  let steps = 0;
  return (host) => {
    const known = found.get(host);
    if (known !== undefined) return known;
    if (host.length > maxNameLength) throw new Skip(say('import_name_too_long'));
    steps += host.length * originalhost + stepsForHost;
    if (found.size >= importLimits.hosts || steps > maxSteps) throw new TooLarge();
    const settings = settingsOf(config, host);
    found.set(host, settings);
    return settings;
  };
}

/** Plans a host and its jump hosts; `undefined` if it is skipped. `path` contains the hosts that need it, to detect cycles. */
function planHost(draft: ImportState, spec: JumpSpec, path: readonly string[]): PlannedEntry | undefined {
  const known = draft.planned.get(spec.name);
  if (known !== undefined || draft.failed.has(spec.name)) return known;
  if (draft.planned.size >= importLimits.hosts) throw new TooLarge();
  try {
    const entry = toEntry(draft, spec, path);
    draft.planned.set(spec.name, entry);
    return entry;
  } catch (error) {
    if (!(error instanceof Skip)) throw error;
    draft.failed.set(spec.name, error.reason);
    return undefined;
  }
}

function toEntry(draft: ImportState, spec: JumpSpec, path: readonly string[]): PlannedEntry {
  if (!nameSchema.safeParse(spec.name).success) throw new Skip(say('import_name_too_long'));
  const settings = draft.lookUp(spec.host);
  const named = jumpsOf(settings, {
    h: settings.hostName ?? spec.host,
    n: spec.host,
    p: spec.port ?? settings.port ?? '22',
    r: spec.user ?? settings.user,
  });
  const jumps = routeOf(draft, named ?? [], [...path, spec.name]);
  if (named === undefined)
    draft.warnings.push({
      entry: spec.name,
      said: say('import_proxy_command_left_out', { name: spec.name }),
    });
  const notes = notesOn(settings);
  const parsed = entryConfigSchema.safeParse({
    protocol: 'ssh',
    ip: settings.hostName ?? spec.host,
    port: spec.port ?? settings.port,
    username: spec.user ?? settings.user,
    notes: notes && inEnglish(notes),
  });
  if (parsed.success) return { name: spec.name, config: parsed.data, jumps, notes };
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw parsed.error;
  throw new Skip(say('import_setting_fault', { field: issue.path.join('.'), fault: faultOf(issue) }));
}

/** The names of the jump hosts in order. Only the first is reached by its own route; the others through it. */
function routeOf(draft: ImportState, named: readonly Jump[], path: readonly string[]): string[] {
  const specs = named.map((jump) => toJumpSpec(draft, jump));
  const jumps: string[] = [];
  for (const [index, spec] of specs.entries()) {
    if (path.includes(spec.name)) throw new Skip(say('import_jump_hosts_circular'));
    const jump = planHost(draft, spec, path);
    if (jump === undefined) throw new Skip(say('import_jump_host_failed', { name: spec.name }));
    if (index === 0) jumps.push(...jump.jumps);
    jumps.push(jump.name);
  }
  if (jumps.length > maxJumpHosts) throw new Skip(tooManyJumps);
  if (new Set(jumps).size < jumps.length) throw new Skip(say('import_jump_host_twice'));
  return jumps;
}

/** A jump host that adds nothing to a configured host is that host. */
function toJumpSpec({ lookUp }: ImportState, { host, user, port }: Jump): JumpSpec {
  const own = lookUp(host);
  const plain = (user === undefined || user === own.user) && (port === undefined || port === (own.port ?? '22'));
  if (plain) return { name: host, host, user: undefined, port: undefined };
  const login = user === undefined ? '' : `${user}@`;
  const address = host.includes(':') ? `[${host}]` : host;
  return { name: `${login}${address}${port === undefined ? '' : `:${port}`}`, host, user, port };
}

function charactersWithStar(config: SshConfig, subject: Condition['subject']): number {
  const wild = patternsOf(config, subject).filter((pattern) => pattern.includes('*'));
  return wild.reduce((sum, { length }) => sum + length, 0);
}

function patternsOf({ blocks }: SshConfig, subject?: Condition['subject']): readonly string[] {
  const conditions = blocks.flatMap((block) => block.conditions);
  const wanted = conditions.filter((condition) => subject === undefined || condition.subject === subject);
  return wanted.flatMap(({ patterns }) => patterns);
}

function notesOn({ identityFiles }: HostSettings): Message | undefined {
  if (identityFiles.length === 0) return undefined;
  return say('import_key_files', { files: [...new Set(identityFiles)] });
}
