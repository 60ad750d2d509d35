import { directIdentitySchema } from '@gatehouse/contract/connections';
import { updateIdentity } from '@gatehouse/contract/identities';
import { z } from 'zod';
import type { DirectIdentity } from '../connection/typed-credentials.ts';

/** What becomes of what was typed. */
export type Keep = 'once' | 'page' | 'identity';

/** What is typed to log in with, under the names of the contract so that its errors find their fields. */
export interface CredentialFormValues extends Record<string, unknown> {
  username: string;
  method: 'password' | 'key';
  password: string;
  sshKey: string;
  passphrase: string;
  keep: Keep;
  /** Of the identity that is saved. */
  name: string;
}

/** What a login takes. */
export function directOf({ username, method, password, sshKey, passphrase }: CredentialFormValues): DirectIdentity {
  const secret = method === 'password' ? { password } : { sshKey, ...(passphrase === '' ? {} : { passphrase }) };
  return { username: username.trim(), ...secret };
}

/** What is checked of a draft: that a login takes it and, where it is saved, that an identity does. */
export function checkedOf(values: CredentialFormValues): unknown {
  const login = directOf(values);
  return values.keep === 'identity' ? { login, identity: { ...login, name: values.name } } : { login };
}

const identityRules = updateIdentity.body.optional();
const checkedSchema = z.object({ login: z.unknown(), identity: z.unknown().optional() });

/** The rules of the contract for both, with their complaints at the fields of the form. */
export const credentialSchema = checkedSchema.superRefine(({ login, identity }, context) => {
  const results = [identityRules.safeParse(identity), directIdentitySchema.safeParse(login)];
  for (const { path, message } of results.flatMap(({ error }) => error?.issues ?? []))
    context.addIssue({ code: 'custom', path: [...path], message });
});
