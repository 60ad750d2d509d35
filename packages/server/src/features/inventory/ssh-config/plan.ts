import { entryConfigSchema, maxJumpHosts, type EntryConfig } from '@gatehouse/contract/entry-config';
import { line } from '@gatehouse/contract/fields';
import { faultOf } from '@gatehouse/contract/messages/faults';
import { inEnglish, say, type Message } from '@gatehouse/contract/messages/message';
import { parseSshConfig, type SshConfig } from './parse.ts';
import { hostNames, hostPatterns, settingsOf, type HostSettings } from './settings.ts';

/** An entry that an import would add; its jump hosts are named and come before it. */
export interface PlannedEntry {
  readonly name: string;
  readonly config: EntryConfig;
  /** The complete route, in order. */
  readonly jumps: readonly string[];
  /** What the notes of the config say. */
  readonly notes: Message | undefined;
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

/** Why a host is not imported. */
class Skip extends Error {
  override readonly name = 'Skip';
  readonly reason: Message;

  constructor(reason: Message) {
    super(reason.code);
    this.reason = reason;
  }
}

/** The text exceeds the limits of an import. */
class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A jump host as ProxyJump names it. */
interface JumpSpec {
  readonly name: string;
  readonly host: string;
  readonly user: string | undefined;
  readonly port: string | undefined;
}

const nameSchema = line(1, 255);
/** Longer than any valid host name (RFC 1035 section 2.3.4) or entry name. */
const maxNameLength = 255;

/** The most hosts of one import, jump hosts included, and the most names and patterns in its `Host` lines: each host is matched against all. */
export const importLimits = { hosts: 500, patterns: 2_000 };
/** The most steps of all matching with `*`: a short time in which no other request is served. */
const maxSteps = 10_000_000;
const tooManyJumps = say('import_jump_hosts_too_many', { most: maxJumpHosts });

/** The state while a plan is built. */
interface ImportState {
  readonly lookUp: (host: string) => HostSettings;
  readonly planned: Map<string, PlannedEntry>;
  /** Reasons by name. */
  readonly failed: Map<string, Message>;
  readonly warnings: Warning[];
}

/** Plans the import of an ssh_config(5) text; `undefined` if it exceeds the limits. */
export function planImport(text: string): ImportPlan | undefined {
  const config = parseSshConfig(text);
  const patterns = config.blocks.flatMap((block) => block.patterns);
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
  const wild = config.blocks.flatMap(({ patterns }) => patterns).filter((pattern) => pattern.includes('*'));
  const stepsPerCharacter = wild.reduce((sum, { length }) => sum + length, 0);
  let steps = 0;
  return (host) => {
    const known = found.get(host);
    if (known !== undefined) return known;
    if (host.length > maxNameLength) throw new Skip(say('import_name_too_long'));
    steps += host.length * stepsPerCharacter;
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
  const jumps = routeOf(draft, settings, [...path, spec.name]);
  if (settings.proxyCommand !== undefined)
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
function routeOf(draft: ImportState, { proxyJump }: HostSettings, path: readonly string[]): string[] {
  if (proxyJump === undefined) return [];
  const texts = proxyJump.split(',', maxJumpHosts + 1);
  if (texts.length > maxJumpHosts) throw new Skip(tooManyJumps);
  const specs = texts.map((text) => toJumpSpec(draft, text.trim()));
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

/** `[user@]host[:port]` or an ssh:// URI; if it adds nothing to a configured host, it is that host. */
function toJumpSpec({ lookUp }: ImportState, text: string): JumpSpec {
  const bare = text.replace(/^ssh:\/\//i, '').replace(/\/$/, '');
  const at = bare.lastIndexOf('@');
  const address = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(bare.slice(at + 1));
  const host = address?.[1] ?? address?.[2];
  if (host === undefined) throw new Skip(say('import_jump_host_unreadable', { name: text }));
  const own = lookUp(host);
  const user = at === -1 ? undefined : bare.slice(0, at);
  const port = address?.[3];
  const plain = (user === undefined || user === own.user) && (port === undefined || port === (own.port ?? '22'));
  return plain ? { name: host, host, user: undefined, port: undefined } : { name: bare, host, user, port };
}

function notesOn({ identityFiles }: HostSettings): Message | undefined {
  if (identityFiles.length === 0) return undefined;
  return say('import_key_files', { files: [...new Set(identityFiles)] });
}
