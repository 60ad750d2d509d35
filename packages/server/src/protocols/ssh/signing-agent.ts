import { BaseAgent, type SignCallback, type SigningRequestOptions } from 'ssh2';
import type { SigningKey } from '../protocol.ts';

type SignatureHash = Parameters<SigningKey['sign']>[1];

/** RFC 5656 section 6.2.1: the curve fixes the hash. */
const ecdsaHash: Partial<Record<string, SignatureHash>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
};

/** Presents one key to ssh2 as an agent, because only agents may sign asynchronously and keep the private half to themselves. */
export class SigningAgent extends BaseAgent<Buffer> {
  readonly #key: SigningKey;
  readonly #allowSha1: boolean;
  readonly #onError: (error: unknown) => void;
  #asked = false;

  constructor(key: SigningKey, options: { allowSha1: boolean; onError: (error: unknown) => void }) {
    super();
    this.#key = key;
    this.#allowSha1 = options.allowSha1;
    this.#onError = options.onError;
  }

  /** Whether the server accepted the key and requested a signature. */
  get asked(): boolean {
    return this.#asked;
  }

  override getIdentities(callback: (error: undefined, keys: Buffer[]) => void): void {
    callback(undefined, [this.#key.publicKey]);
  }

  override sign(
    _key: Buffer,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const done = typeof options === 'function' ? options : callback;
    const hash = ecdsaHash[this.#key.algorithm] ?? (typeof options === 'function' ? undefined : options.hash);
    if (hash === 'sha1' && !this.#allowSha1) {
      done?.(new Error('signatures with SHA-1 are not allowed'));
      return;
    }
    this.#asked = true;
    this.#key
      .sign(data, hash)
      .then((signature) => done?.(null, signature))
      .catch(this.#onError);
  }
}
