import type { openConnection } from '@gatehouse/contract/connections';
import type { z } from 'zod';

/** What to log in with instead of a stored identity. */
export type DirectIdentity = NonNullable<z.input<typeof openConnection.body>['directIdentity']>;

const byEntry = new Map<number, DirectIdentity>();

/** What a person typed for an entry "until I sign out": in memory and nowhere else. */
export const remembered = {
  of: (entryId: number): DirectIdentity | undefined => byEntry.get(entryId),
  keep: (entryId: number, identity: DirectIdentity): void => {
    byEntry.set(entryId, identity);
  },
  forget: (entryId: number): void => {
    byEntry.delete(entryId);
  },
  forgetAll: (): void => {
    byEntry.clear();
  },
};
