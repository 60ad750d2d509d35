import type { Secret } from '../secret.ts';
import type { KeyInspection } from './inspection.ts';
import { submitRead } from './submit.ts';

/**
 * Says what a private key is and what is wrong with it. Bad input is an answer, never an error; throws `AppError` `unavailable` when too many
 * keys are being read. The secrets stay with the caller.
 */
export async function inspectPrivateKey(key: Secret, passphrase: Secret | undefined): Promise<KeyInspection> {
  const { inspection } = await submitRead(key, passphrase, { wantsKey: false });
  return inspection;
}
