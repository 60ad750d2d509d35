import type { Secret } from '../secret.ts';
import type { KeyInspection } from './inspection.ts';
import { submitRead } from './submit.ts';

/**
 * Says what a private key is and what is wrong with it. Bad input is an answer, never an error; throws `AppError` `unavailable` when too many
 * keys are being read. The secrets stay with the caller; `accountId` is whom the work is for.
 */
export async function inspectPrivateKey(
  key: Secret,
  passphrase: Secret | undefined,
  accountId?: number,
): Promise<KeyInspection> {
  const { inspection } = await submitRead(key, passphrase, { wantsKey: false, accountId });
  return inspection;
}
