import type { openConnection } from '@gatehouse/contract/connections';
import type { z } from 'zod';

/** What to log in with instead of a stored identity. */
export type DirectIdentity = NonNullable<z.input<typeof openConnection.body>['directIdentity']>;

/** What a person typed, and the destination that the form showed: it is sent nowhere else. */
export interface TypedCredential {
  readonly direct: DirectIdentity;
  /** The tag of the destination. */
  readonly destination: string;
  /** The name of the identity to store it as, once the server has accepted it. */
  readonly saveAs?: string;
}

const byEntry = new Map<number, TypedCredential>();

/** What a person typed for an entry "until I sign out": in memory and nowhere else. */
export const typedCredentials = {
  get: (entryId: number): TypedCredential | undefined => byEntry.get(entryId),
  keep: (entryId: number, typed: TypedCredential): void => {
    byEntry.set(entryId, typed);
  },
  forget: (entryId: number): void => {
    byEntry.delete(entryId);
  },
  forgetAll: (): void => {
    byEntry.clear();
  },
};
