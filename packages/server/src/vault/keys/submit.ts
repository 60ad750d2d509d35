import type { Secret } from '../secret.ts';
import { finding } from './finding.ts';
import { ownCopy } from './jobs.ts';
import type { KeyJobs } from './jobs.ts';
import { maxKeyBytes } from './limits.ts';
import { KeyJobTimeout } from './worker-handle.ts';
import { readers } from './workers.ts';

type ReadReply = KeyJobs['read']['reply'];
type Slug = Parameters<typeof finding>[0];

interface ReadOptions {
  readonly wantsKey: boolean;
  /** The account that the work is for. */
  readonly accountId: number | undefined;
}

/** Reads a key in a worker. An empty passphrase means none. Throws `AppError` `unavailable` if too many jobs wait. */
export async function submitRead(
  key: Secret,
  passphrase: Secret | undefined,
  { wantsKey, accountId }: ReadOptions,
): Promise<ReadReply> {
  if (key.byteLength > maxKeyBytes) return refused('key_unreadable');
  try {
    const request = {
      kind: 'read',
      key: key.expose(ownCopy),
      passphrase: copyPassphrase(passphrase),
      wantsKey,
    } as const;
    return await readers.run(request, accountId);
  } catch (error) {
    if (error instanceof KeyJobTimeout) return refused('key_kdf_too_expensive');
    throw error;
  }
}

/** A copy that can be transferred; `undefined` for none and for an empty one. */
export function copyPassphrase(passphrase: Secret | undefined): ReturnType<typeof ownCopy> | undefined {
  return passphrase && passphrase.byteLength > 0 ? passphrase.expose(ownCopy) : undefined;
}

function refused(slug: Slug): ReadReply {
  return {
    inspection: { status: 'unreadable', facts: undefined, encrypted: undefined, findings: [finding(slug)] },
    key: undefined,
  };
}
