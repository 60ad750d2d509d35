import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '../../secret.ts';

const vectorSchema = z.object({
  file: z.string(),
  algorithm: z.string(),
  bits: z.number(),
  fingerprint: z.string(),
  publicKey: z.string(),
  encrypted: z.boolean(),
});
const collectionSchema = z.object({ passphrase: z.string(), vectors: z.array(vectorSchema) });

/** A private key of this folder and what ssh-keygen says of it. */
export type Vector = z.output<typeof vectorSchema>;

/** The keys that must be read, each in every format, and the passphrase of the encrypted ones. */
export const { passphrase, vectors } = collectionSchema.parse(JSON.parse(readText('vectors.json')));

/** The text of a file of this folder. */
export function readText(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

/** A file of this folder as a secret. */
export function readSecret(file: string): Secret {
  return Secret.fromText(readText(file));
}

/** The passphrase that the encrypted keys of this folder have. */
export function rightPassphrase(): Secret {
  return Secret.fromText(passphrase);
}
