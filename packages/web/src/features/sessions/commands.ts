import { typedCredentials } from './connection/typed-credentials.ts';

/** Forgets the credentials that were typed, when the person signs out. */
export function forgetTypedCredentials(): void {
  typedCredentials.forgetAll();
}
