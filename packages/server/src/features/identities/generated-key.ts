import { createHash, randomBytes } from 'node:crypto';
import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../kernel/app-error.ts';
import type { Slot } from '../../vault/slot.ts';
import type { View } from './view.ts';
import { findGeneratedKey, type GeneratedKey } from './repository.ts';

const handleBytes = 32;

/** 256 random bits as 43 characters: the account that generated the key may use it once. */
export function newHandle(): string {
  return randomBytes(handleBytes).toString('base64url');
}

/** The stored hash of a handle. */
export function hashHandle(handle: string): Buffer {
  return createHash('sha256').update(handle).digest();
}

/** The vault slot of a generated key or its passphrase, which belong to the account that generated them. */
export function generatedKeySlot(
  { accountId, handleHash }: Pick<GeneratedKey, 'accountId' | 'handleHash'>,
  field: 'sshKey' | 'passphrase',
): Slot {
  const owner = { type: 'account', id: accountId } as const;
  return { owner, purpose: 'generated-key', rowId: handleHash.toString('hex'), field, version: 1 };
}

/** Throws the uniform answer for a handle that is unknown, of another account, used or expired. */
export async function requireGeneratedKey({ db, caller, now }: View, handle: string): Promise<GeneratedKey> {
  const found = await findGeneratedKey(db, { accountId: caller.accountId, handleHash: hashHandle(handle), now });
  if (found === undefined) throw invalid('generatedKey', say('generated_key_unknown'));
  return found;
}
