import {
  backspaceSchema,
  charsetSchema,
  hostKeyPolicySchema,
  localeSchema,
  protocolSchema,
  terminalTypeSchema,
  type EntryConfig,
} from '@gatehouse/contract/entry-config';
import { z } from 'zod';

/** A stored config as the API returns it; it was checked when it was written. */
const storedConfigSchema = z.looseObject({ protocol: protocolSchema, ip: z.string(), port: z.int() });

/** The keys that this program uses. */
const usedConfigSchema = z.object({
  protocol: protocolSchema,
  username: z.string().optional(),
  jumpHosts: z.array(z.int()).default([]),
  hostKeyPolicy: hostKeyPolicySchema.optional(),
  legacyAlgorithms: z.boolean().default(false),
  // Entries from before these were settings may contain anything under their names.
  term: terminalTypeSchema.optional().catch(undefined),
  locale: localeSchema.optional().catch(undefined),
  backspace: backspaceSchema.optional().catch(undefined),
  charset: charsetSchema.optional().catch(undefined),
});

/** All keys, as they were stored. */
export function storedConfig(text: string): z.output<typeof storedConfigSchema> {
  return storedConfigSchema.parse(JSON.parse(text));
}

/** The keys that affect logins. */
export function parseConfig(text: string): z.output<typeof usedConfigSchema> {
  return usedConfigSchema.parse(JSON.parse(text));
}

/** The columns of an entry that are derived from its config. */
export function configColumns(config: EntryConfig) {
  return { protocol: config.protocol, host: config.ip, port: config.port, config: JSON.stringify(config) };
}

/** The names of the keys that differ, for the audit log. */
export function changedKeys(before: object, after: object): string[] {
  const old: Record<string, unknown> = { ...before };
  const current: Record<string, unknown> = { ...after };
  return [...new Set([...Object.keys(old), ...Object.keys(current)])]
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(current[key]))
    .map((key) => `config.${key}`)
    .sort();
}
