/**
 * A key is missing, malformed or not the right one, and the start has to stop. `message` is one line for the operator and holds no key material
 * beyond fingerprints.
 */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}
