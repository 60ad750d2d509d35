import { createHash, randomBytes } from 'node:crypto';
import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../kernel/app-error.ts';
import type { Slot } from '../../vault/slot.ts';
import type { View } from './view.ts';
import { findGeneratedKey, type GeneratedKey } from './repository.ts';

const handleBytes = 32;

/** 256 random bits as 43 characters: who made the key may use them once. */
export function newHandle(): string {
  return randomBytes(handleBytes).toString('base64url');
}

/** What is stored of a handle. */
export function hashHandle(handle: string): Buffer {
  return createHash('sha256').update(handle).digest();
}

/** Where a waiting key or its passphrase stands in the vault: it belongs to who made it. */
export function generatedKeySlot(
  { accountId, handleHash }: Pick<GeneratedKey, 'accountId' | 'handleHash'>,
  field: 'sshKey' | 'passphrase',
): Slot {
  const owner = { type: 'account', id: accountId } as const;
  return { owner, purpose: 'generated-key', rowId: handleHash.toString('hex'), field, version: 1 };
}

/** Throws the one answer for a handle that is unknown, somebody else's, used or too old. */
export async function requireGeneratedKey({ db, caller, now }: View, handle: string): Promise<GeneratedKey> {
  const found = await findGeneratedKey(db, { accountId: caller.accountId, handleHash: hashHandle(handle), now });
  if (found === undefined) throw invalid('generatedKey', say('generated_key_unknown'));
  return found;
}
