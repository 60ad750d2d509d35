import { inspect } from 'node:util';
import { allocateSecretBytes } from './secret-bytes.ts';

/**
 * Secret bytes between the vault and a protocol. They cannot be printed, serialized or compared by accident; code that needs the bytes calls
 * `expose`, which only `vault/` and `protocols/` may call, and the owner of a secret destroys it. The bytes have their own memory, so that `destroy`
 * overwrites the only copy.
 */
export class Secret implements Disposable {
  readonly #bytes: Buffer;
  #destroyed = false;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Copies the text of a request body or an environment variable. The string itself stays with the garbage collector. */
  static fromText(text: string): Secret {
    const bytes = allocateSecretBytes(Buffer.byteLength(text, 'utf8'));
    bytes.write(text, 'utf8');
    return new Secret(bytes);
  }

  /** Copies the bytes and overwrites the source. */
  static takeBytes(source: Uint8Array): Secret {
    const bytes = allocateSecretBytes(source.length);
    bytes.set(source);
    source.fill(0);
    return new Secret(bytes);
  }

  /** A copy that is destroyed separately. Throws after `destroy`. */
  copy(): Secret {
    const bytes = allocateSecretBytes(this.byteLength);
    this.expose((source) => source.copy(bytes));
    return new Secret(bytes);
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  /** Passes the bytes to `use`, which must not keep them. Throws after `destroy`. */
  expose<T>(use: (bytes: Buffer) => T): T {
    if (this.#destroyed) throw new Error('the secret was destroyed');
    return use(this.#bytes);
  }

  destroy(): void {
    this.#destroyed = true;
    this.#bytes.fill(0);
  }

  [Symbol.dispose](): void {
    this.destroy();
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): never {
    throw new Error('a secret cannot be serialized');
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** Passes the bytes to `use` and destroys the secret in any case. */
export function consume<T>(secret: Secret, use: (bytes: Buffer) => T): T {
  try {
    return secret.expose(use);
  } finally {
    secret.destroy();
  }
}
