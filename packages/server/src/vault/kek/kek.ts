import type { Secret } from '../secret.ts';
import type { Binding } from '../slot.ts';

/** The master key (key-encryption key), which is stored outside the database and wraps the owner keys. */
export interface Kek {
  /** 32 hex digits that identify the key and reveal nothing about it; messages show the first 8 as fingerprint. */
  keyId(): string;
  /** Wraps `key` so that it unwraps only with the same binding. The caller wipes `key`. */
  wrap(key: Buffer, binding: Binding): Promise<Buffer>;
  /** Throws a plain error if `wrapped` was made by another key, for another binding, or was changed. */
  unwrap(wrapped: Buffer, binding: Binding): Promise<Secret>;
  /** Rejects if the key cannot be used now. */
  health(): Promise<void>;
}

/** The source of the master key. */
export type KekConfig =
  | {
      readonly kind: 'env';
      /** 64 lower-case hex digits. */
      readonly hex: Secret;
    }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** Creates the file at the first start, while there is no data. */
      readonly mayCreate: boolean;
    };

/** The name of a key in messages: the first eight digits of its id. */
export function fingerprint(keyId: string): string {
  return keyId.slice(0, 8);
}
