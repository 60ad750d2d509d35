import { z } from 'zod';
import { id, line, paragraph, wholeNumber } from './fields.ts';
import { hostAddress } from './host-address.ts';
import { fault } from './messages/faults.ts';

/** The protocol of an entry. */
export const protocolSchema = z.enum(['ssh', 'sftp', 'telnet', 'vnc', 'rdp']);
export type EntryProtocol = z.output<typeof protocolSchema>;

/** What to do with unknown host keys, in OpenSSH's terms. */
export const hostKeyPolicySchema = z.enum(['ask', 'accept-new', 'strict', 'ca', 'none']);
export type HostKeyPolicy = z.output<typeof hostKeyPolicySchema>;

/** The default port of each protocol. */
export const defaultPorts: Readonly<Record<EntryProtocol, number>> = {
  ssh: 22,
  sftp: 22,
  telnet: 23,
  vnc: 5900,
  rdp: 3389,
};

const renderers: ReadonlyMap<string, string> = new Map<EntryProtocol, string>([
  ['sftp', 'sftp'],
  ['vnc', 'guac'],
  ['rdp', 'guac'],
]);

/** How clients show a protocol, in the words of the documented API: the renderer of an entry for which none was chosen. */
export function defaultRenderer(protocol: string): string {
  return renderers.get(protocol) ?? 'terminal';
}

/** The most jump hosts of an entry. */
export const maxJumpHosts = 8;

const maxConfigBytes = 16 * 1024;
const maxConfigDepth = 8;

/** Clients send empty form fields as "" or null; both mean no value. */
function optional<T extends z.ZodType>(schema: T) {
  return z
    .union([z.null(), z.literal(''), schema])
    .transform((value): z.output<T> | undefined => (value === null || value === '' ? undefined : value))
    .optional();
}

const macAddress = z
  .string()
  .regex(/^[\da-f]{2}([:-]?[\da-f]{2}){5}$/i, fault('mac_address_malformed'))
  .transform((value) => (value.match(/[\da-f]{2}/gi) ?? []).join(':').toLowerCase());

/** The name of a terminfo entry. It becomes part of a path on the server. */
export const terminalTypeSchema = z.string().regex(/^[a-z\d][\w.+-]{0,63}$/i, fault('terminal_type_malformed'));

/** A locale like `de_DE.UTF-8`, `sr_RS@latin` or `C.UTF-8`. */
export const localeSchema = z
  .string()
  .regex(/^[a-z]{1,8}(_[a-z\d]{2,8})?(\.[a-z\d-]{1,32})?(@[a-z\d]{1,32})?$/i, fault('locale_malformed'));

/** The byte that the backspace key sends: 0x7F, or 0x08. */
export const backspaceSchema = z.enum(['del', 'ctrl-h']);
export type Backspace = z.output<typeof backspaceSchema>;

/** The character sets of terminals, by their names in the Encoding Standard. Only `iso-8859-1` is what its name says, not `windows-1252`. */
export const charsets = [
  'utf-8',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1251',
  'windows-1252',
  'koi8-r',
  'ibm866',
  'euc-jp',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
/** One of these character sets. */
export const charsetSchema = z.enum(charsets);
export type Charset = z.output<typeof charsetSchema>;

/** How a server is reached. Keys that Gatehouse does not know are kept unchanged, within 16 KiB and 8 levels. */
export const entryConfigSchema = z
  .unknown()
  .superRefine(refuseExcess)
  .pipe(
    z.looseObject({
      protocol: protocolSchema.default('ssh'),
      ip: hostAddress,
      port: optional(wholeNumber(1, 65_535)),
      username: optional(line(1, 255)).meta({ description: 'Replaces the user name of the identity on this server' }),
      jumpHosts: z
        .array(id)
        .max(maxJumpHosts, fault('too_many_jump_hosts', { most: maxJumpHosts }))
        .refine((ids) => new Set(ids).size === ids.length, fault('named_twice'))
        .optional()
        .meta({ description: 'The whole way to the server, in order: ids of SSH entries' }),
      hostKeyPolicy: optional(hostKeyPolicySchema),
      legacyAlgorithms: z
        .boolean()
        .optional()
        .meta({ description: 'Offer SSH algorithms that are no longer safe, for old devices' }),
      term: optional(terminalTypeSchema).meta({
        description: 'The terminal type of its terminals, `TERM`; without it `xterm-256color`',
      }),
      locale: optional(localeSchema).meta({
        description:
          'Sent as `LANG` when a terminal opens, like `de_DE.UTF-8`; servers ignore it unless `AcceptEnv` names it',
      }),
      backspace: optional(backspaceSchema).meta({
        description: 'What the backspace key of its terminals sends: `del` (0x7F, without it), or `ctrl-h` (0x08)',
      }),
      charset: optional(charsetSchema).meta({
        description: 'The character set of its terminals; without it `utf-8`. Clients send and get UTF-8 in any case',
      }),
      macAddress: optional(macAddress),
      wakeOnLanEnabled: z.boolean().optional(),
      keyboardLayout: optional(line(1, 50)),
      notes: optional(paragraph(8_000)),
    }),
  )
  .transform((config) => ({ ...config, port: config.port ?? defaultPorts[config.protocol] }))
  .meta({ id: 'EntryConfig' });
export type EntryConfig = z.output<typeof entryConfigSchema>;

function refuseExcess(value: unknown, context: z.RefinementCtx): void {
  const problem = excess(value);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
}

/** Checks untrusted JSON level by level: a recursive check could overflow the stack. */
function excess(value: unknown): string | undefined {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxConfigDepth) return fault('nested_too_deeply', { levels: maxConfigDepth });
    const containers = level.filter((item) => typeof item === 'object' && item !== null);
    if (containers.some((item) => Object.hasOwn(item, '__proto__'))) return fault('proto_key');
    level = containers.flatMap((item) => Object.values(item) as unknown[]);
  }
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  return bytes > maxConfigBytes ? fault('larger_than', { size: maxConfigBytes / 1024 }) : undefined;
}
