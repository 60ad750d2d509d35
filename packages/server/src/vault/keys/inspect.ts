import type { Secret } from '../secret.ts';
import type { KeyInspection } from './inspection.ts';
import { submitRead } from './submit.ts';

/**
 * Describes a private key and what is wrong with it. Bad input is a result, never an error; throws `AppError` `unavailable` if too many keys are
 * being read. The caller keeps the secrets; `accountId` is the account that the work is for.
 */
export async function inspectPrivateKey(
  key: Secret,
  passphrase: Secret | undefined,
  accountId?: number,
): Promise<KeyInspection> {
  const { inspection } = await submitRead(key, passphrase, { wantsKey: false, accountId });
  return inspection;
}
