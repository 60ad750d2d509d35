import type { Schema } from '../kernel/db/schema.ts';

/** The owner of a secret. `system` is the server itself and always has id 0. */
export interface SecretOwner {
  readonly type: Schema['owner_keys']['owner_type'];
  readonly id: number;
}

/** The owner of secrets that belong to no account and no organization. */
export const systemOwner: SecretOwner = { type: 'system', id: 0 };

/**
 * The place of a sealed secret. All of it is authenticated: a frame that is moved to another row, field, owner or version does not open. A version is
 * never reused for the same row and field; `identities` uses the identity's own version.
 */
export interface Slot {
  readonly owner: SecretOwner;
  /** The kind of row that contains the frame. `owner-key` and `key-check` are the vault's own. */
  readonly purpose: 'identity' | 'generated-key' | 'system' | 'owner-key' | 'key-check';
  /** The row's id, or its primary key as text if it has no number. */
  readonly rowId: number | string;
  readonly field: string;
  readonly version: number;
}

/** A slot in an installation, so that a frame does not open in another one with the same master key. */
export interface Binding extends Slot {
  /** The UUID of the `instance` row. */
  readonly instanceId: string;
}
