import { inspect } from 'node:util';
import { allocateSecretBytes } from './secret-bytes.ts';

/**
 * Secret bytes on their way between the vault and a protocol. It does not print, serialize or compare; whoever needs the bytes says so with
 * `expose`, which only `vault/` and `protocols/` may call, and whoever took ownership destroys it.
 *
 * The bytes are in memory of their own, so that `destroy` overwrites the only copy.
 */
export class Secret implements Disposable {
  readonly #bytes: Buffer;
  #destroyed = false;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Takes over the text of a request body or an environment variable. The string itself stays with the garbage collector. */
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

  /** The same bytes once more, to be destroyed on their own. Throws after `destroy`. */
  copy(): Secret {
    const bytes = allocateSecretBytes(this.byteLength);
    this.expose((source) => source.copy(bytes));
    return new Secret(bytes);
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  /** Hands the live bytes to `use`; they must not outlive it. Throws after `destroy`. */
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

/** Hands the bytes to `use` and destroys the secret, whatever comes of it. */
export function consume<T>(secret: Secret, use: (bytes: Buffer) => T): T {
  try {
    return secret.expose(use);
  } finally {
    secret.destroy();
  }
}
