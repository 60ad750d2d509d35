/**
 * A key is missing, malformed or not the right one, and the start must stop. `message` is one line for the operator and contains no key material
 * except fingerprints.
 */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}
