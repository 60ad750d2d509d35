import { generatedKeyRows, identitySecretRows } from './features/identities/sealed-repository.ts';
import { ownerKeyRows, systemSecretRows } from './vault/own-rows.ts';
import type { SealedRows } from './vault/sealed-rows.ts';

/** Every table that holds sealed secrets. A test compares it with the schema. */
export const allSealedRows: readonly SealedRows[] = [
  ownerKeyRows,
  systemSecretRows,
  identitySecretRows,
  generatedKeyRows,
];
