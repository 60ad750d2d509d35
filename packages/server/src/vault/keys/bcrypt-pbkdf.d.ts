declare module 'bcrypt-pbkdf' {
  interface BcryptPbkdf {
    /** Fills `key`; returns -1 for invalid arguments (an empty passphrase or salt, no rounds) and 0 otherwise. */
    pbkdf(
      passphrase: Uint8Array,
      passphraseLength: number,
      salt: Uint8Array,
      saltLength: number,
      key: Uint8Array,
      keyLength: number,
      rounds: number,
    ): number;
  }
  const bcrypt: BcryptPbkdf;
  export = bcrypt;
}
