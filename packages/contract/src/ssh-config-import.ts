import { z } from 'zod';
import { linkedIdentities } from './entries.ts';
import { entryConfigSchema } from './entry-config.ts';
import { id, line, message, wholeNumber } from './fields.ts';
import { hostAddress } from './host-address.ts';
import { coded } from './messages/answer-fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';

/** The most servers of one import. */
export const maxImportedServers = 500;
const maxSshConfigCharacters = 128 * 1024;

/** A server that a client has read from its file. As in ssh_config(5), one without an address is reached by its name. */
const importedServer = z
  .strictObject({
    name: line(1, 255),
    ip: hostAddress.nullish(),
    port: wholeNumber(1, 65_535).nullish(),
    config: z.looseObject({}).nullish(),
    identities: linkedIdentities,
  })
  .transform(
    ({ ip, port, config, ...server }): { name: string; identities?: number[] | undefined; config: unknown } => ({
      ...server,
      config: { ...config, protocol: 'ssh', ip: ip ?? server.name, port },
    }),
  )
  .pipe(z.object({ name: z.string(), identities: z.array(z.int()).optional(), config: entryConfigSchema }));

const importSchema = z
  .strictObject({
    text: z.string().min(1).max(maxSshConfigCharacters).optional().meta({ description: 'An ssh_config(5)' }),
    servers: z
      .array(importedServer)
      .min(1)
      .max(maxImportedServers)
      .optional()
      .meta({ description: 'In place of `text`: what the client has read from it' }),
    folderId: id.nullable().optional(),
    organizationId: id.nullable().optional(),
    dryRun: z.boolean().default(false),
  })
  .refine(({ text, servers }) => (text === undefined) !== (servers === undefined), {
    error: fault('import_source'),
    path: ['text'],
  });
export type ImportSshConfig = z.output<typeof importSchema>;

/** What an import has created, or would create in a dry run, and what it left out of the file. */
export const importResultSchema = z
  .object({
    entries: z.array(
      z.object({
        id: z.int().nullable().meta({ description: 'Null in a dry run' }),
        name: z.string(),
        ip: z.string(),
        port: z.int(),
        username: z.string().nullable(),
        jumpHosts: z
          .array(z.string())
          .meta({ description: 'Names of entries of this import, or of servers that were there' }),
        notes: z.string().nullable(),
        ...coded('notes'),
      }),
    ),
    ...message.shape,
    present: z.int().meta({
      description:
        'How many servers were skipped because the folder contains a server with the same name, host and port',
    }),
    skipped: z.array(z.object({ host: z.string(), reason: z.string(), ...coded('reason') })),
    warnings: z.array(z.string()).meta({ description: 'The messages of `warningDetails`' }),
    warningDetails: z.array(
      z.object({
        entry: z
          .string()
          .nullable()
          .meta({ description: 'The name of the entry that it is about; null where it is about a line of the file' }),
        message: z.string(),
        ...coded('message'),
      }),
    ),
  })
  .meta({ id: 'ImportResult' });
export type ImportResult = z.output<typeof importResultSchema>;

export const importSshConfig = operation({
  id: 'entry.import-ssh-config',
  method: 'POST',
  path: '/api/entry/import/ssh-config',
  summary: 'Add the servers of an OpenSSH client configuration: all of them or none',
  access: { kind: 'bearer', scope: 'entries:write' },
  body: importSchema,
  example: { text: 'Host web-1\n  HostName 192.0.2.7\n  User ops\n', dryRun: true },
  result: importResultSchema,
  errors: ['quota_exceeded', 'forbidden'],
});
