import { entryConfigSchema, maxJumpHosts, type EntryConfig } from '@gatehouse/contract/entry-config';
import { line } from '@gatehouse/contract/fields';
import { parseSshConfig, type SshConfig } from './parse.ts';
import { hostNames, hostPatterns, settingsOf, type HostSettings } from './settings.ts';

/** An entry that an import would add; its jump hosts are named and come before it. */
export interface PlannedEntry {
  readonly name: string;
  readonly config: EntryConfig;
  /** The complete route, in order. */
  readonly jumps: readonly string[];
}

/** The result that an import would have. */
export interface ImportPlan {
  readonly entries: readonly PlannedEntry[];
  readonly skipped: readonly { readonly host: string; readonly reason: string }[];
  readonly warnings: readonly string[];
}

/** Why a host is not imported; only a short text for the person. */
class Skip extends Error {
  override readonly name = 'Skip';
}

/** The text exceeds the limits of an import. */
class TooLarge extends Error {
  override readonly name = 'Excess';
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
const tooManyJumps = `it has more than ${maxJumpHosts} jump hosts`;

/** The state while a plan is built. */
interface ImportState {
  readonly lookUp: (host: string) => HostSettings;
  readonly planned: Map<string, PlannedEntry>;
  /** Reasons by name. */
  readonly failed: Map<string, string>;
  readonly warnings: string[];
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
    ...hostPatterns(config).map((host) => ({ host, reason: 'is a pattern, not a server' })),
    ...config.matches.map((match) => ({ host: `Match ${match}`, reason: 'Match blocks are not imported' })),
  ];
  return { entries: [...draft.planned.values()], skipped, warnings: [...config.warnings, ...draft.warnings] };
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
    if (host.length > maxNameLength) throw new Skip('the name cannot be kept');
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
    draft.failed.set(spec.name, error.message);
    return undefined;
  }
}

function toEntry(draft: ImportState, spec: JumpSpec, path: readonly string[]): PlannedEntry {
  if (!nameSchema.safeParse(spec.name).success) throw new Skip('the name cannot be kept');
  const settings = draft.lookUp(spec.host);
  const jumps = routeOf(draft, settings, [...path, spec.name]);
  if (settings.proxyCommand !== undefined)
    draft.warnings.push(`${spec.name}: ProxyCommand was left out; name a jump host instead.`);
  const parsed = entryConfigSchema.safeParse({
    protocol: 'ssh',
    ip: settings.hostName ?? spec.host,
    port: spec.port ?? settings.port,
    username: spec.user ?? settings.user,
    notes: notesOn(settings),
  });
  if (parsed.success) return { name: spec.name, config: parsed.data, jumps };
  const [issue] = parsed.error.issues;
  throw new Skip(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`.trim());
}

/** The names of the jump hosts in order. Only the first is reached by its own route; the others through it. */
function routeOf(draft: ImportState, { proxyJump }: HostSettings, path: readonly string[]): string[] {
  if (proxyJump === undefined) return [];
  const texts = proxyJump.split(',', maxJumpHosts + 1);
  if (texts.length > maxJumpHosts) throw new Skip(tooManyJumps);
  const specs = texts.map((text) => toJumpSpec(draft, text.trim()));
  const jumps: string[] = [];
  for (const [index, spec] of specs.entries()) {
    if (path.includes(spec.name)) throw new Skip('its jump hosts lead back to it');
    const jump = planHost(draft, spec, path);
    if (jump === undefined) throw new Skip(`its jump host ${spec.name} cannot be imported`);
    if (index === 0) jumps.push(...jump.jumps);
    jumps.push(jump.name);
  }
  if (jumps.length > maxJumpHosts) throw new Skip(tooManyJumps);
  if (new Set(jumps).size < jumps.length) throw new Skip('its way leads twice through the same jump host');
  return jumps;
}

/** `[user@]host[:port]` or an ssh:// URI; if it adds nothing to a configured host, it is that host. */
function toJumpSpec({ lookUp }: ImportState, text: string): JumpSpec {
  const bare = text.replace(/^ssh:\/\//i, '').replace(/\/$/, '');
  const at = bare.lastIndexOf('@');
  const address = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(bare.slice(at + 1));
  const host = address?.[1] ?? address?.[2];
  if (host === undefined) throw new Skip(`its jump host ${text} cannot be read`);
  const own = lookUp(host);
  const user = at === -1 ? undefined : bare.slice(0, at);
  const port = address?.[3];
  const plain = (user === undefined || user === own.user) && (port === undefined || port === (own.port ?? '22'));
  return plain ? { name: host, host, user: undefined, port: undefined } : { name: bare, host, user, port };
}

function notesOn({ identityFiles }: HostSettings): string | undefined {
  if (identityFiles.length === 0) return undefined;
  return `Logged in with ${[...new Set(identityFiles)].join(', ')}; store the key as an identity.`;
}
