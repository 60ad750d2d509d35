import type { Secret } from '../secret.ts';
import type { Binding } from '../slot.ts';

/** The master key (key-encryption key), which lies outside the database and wraps the owners' keys. */
export interface Kek {
  /** 32 hex digits that name the key without telling anything of it; the first 8 are the fingerprint that messages show. */
  keyId(): string;
  /** Wraps `key` so that it unwraps only with the same binding. `key` stays the caller's to wipe. */
  wrap(key: Buffer, binding: Binding): Promise<Buffer>;
  /** Throws a plain error when `wrapped` was made by another key, for another binding, or was changed. */
  unwrap(wrapped: Buffer, binding: Binding): Promise<Secret>;
  /** Rejects when the key cannot be used now. */
  health(): Promise<void>;
}

/** Where the master key comes from. */
export type KekConfig =
  | {
      readonly kind: 'env';
      /** 64 lower-case hex digits. */
      readonly hex: Secret;
    }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** Make the file at the first start, while there is no data. */
      readonly mayCreate: boolean;
    };

/** What messages call a key: the first eight digits of its id. */
export function fingerprint(keyId: string): string {
  return keyId.slice(0, 8);
}
