import type { openConnection } from '@gatehouse/contract/connections';
import type { z } from 'zod';

/** What to log in with instead of a stored identity. */
export type DirectIdentity = NonNullable<z.input<typeof openConnection.body>['directIdentity']>;

/** What was typed, and the destination that was shown while it was: it goes nowhere else. */
export interface Typed {
  readonly direct: DirectIdentity;
  /** The tag of the destination. */
  readonly destination: string;
}

const byEntry = new Map<number, Typed>();

/** What a person typed for an entry "until I sign out": in memory and nowhere else. */
export const remembered = {
  of: (entryId: number): Typed | undefined => byEntry.get(entryId),
  keep: (entryId: number, typed: Typed): void => {
    byEntry.set(entryId, typed);
  },
  forget: (entryId: number): void => {
    byEntry.delete(entryId);
  },
  forgetAll: (): void => {
    byEntry.clear();
  },
};
