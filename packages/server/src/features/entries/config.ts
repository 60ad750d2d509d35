import { hostKeyPolicySchema, protocolSchema, type EntryConfig } from '@gatehouse/contract/entry-config';
import { z } from 'zod';

/** What this program reads of a stored config; it was checked when it was written. */
const storedConfigSchema = z.looseObject({
  protocol: protocolSchema,
  ip: z.string(),
  port: z.int(),
  username: z.string().optional(),
  jumpHosts: z.array(z.int()).default([]),
  hostKeyPolicy: hostKeyPolicySchema.optional(),
  legacyAlgorithms: z.boolean().default(false),
});
export type StoredConfig = z.output<typeof storedConfigSchema>;

export function parseConfig(text: string): StoredConfig {
  return storedConfigSchema.parse(JSON.parse(text));
}

/** The columns of an entry that follow from its config. */
export function configColumns(config: EntryConfig) {
  return { protocol: config.protocol, host: config.ip, port: config.port, config: JSON.stringify(config) };
}

/** Names of the keys that differ, as the audit log keeps them. */
export function changedKeys(before: object, after: object): string[] {
  const old: Record<string, unknown> = { ...before };
  const current: Record<string, unknown> = { ...after };
  return [...new Set([...Object.keys(old), ...Object.keys(current)])]
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(current[key]))
    .map((key) => `config.${key}`)
    .sort();
}
