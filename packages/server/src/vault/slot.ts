import type { Schema } from '../kernel/db/schema.ts';

/** Who a secret belongs to. `system` is the server itself and always has id 0. */
export interface SecretOwner {
  readonly type: Schema['owner_keys']['owner_type'];
  readonly id: number;
}

/** The owner of what belongs to no account and no organization. */
export const systemOwner: SecretOwner = { type: 'system', id: 0 };

/**
 * The one place where a sealed secret may stand. All of it is authenticated: a frame that is moved to another row, field, owner or version does
 * not open there. A version is never used twice for the same row and field; `identities` takes the identity's own version for it.
 */
export interface Slot {
  readonly owner: SecretOwner;
  /** Which kind of row holds the frame. `owner-key` and `key-check` are the vault's own. */
  readonly purpose: 'identity' | 'generated-key' | 'system' | 'owner-key' | 'key-check';
  /** The row's id, or its primary key as text where it has no number. */
  readonly rowId: number | string;
  readonly field: string;
  readonly version: number;
}

/** A slot in a certain installation, so that a frame does not open in another one that shares its master key. */
export interface Binding extends Slot {
  /** The UUID of the `instance` row. */
  readonly instanceId: string;
}
