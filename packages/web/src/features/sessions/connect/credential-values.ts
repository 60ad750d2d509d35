import { directIdentitySchema } from '@gatehouse/contract/connections';
import { updateIdentity } from '@gatehouse/contract/identities';
import { z } from 'zod';
import type { DirectIdentity } from '../connection/typed-credentials.ts';

/** How long a typed credential is kept. */
export type Keep = 'once' | 'page' | 'identity';

/** The values of the form, with the field names of the contract, so that its errors match the fields. */
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

/** The credential of the login. */
export function directOf({ username, method, password, sshKey, passphrase }: CredentialFormValues): DirectIdentity {
  const secret = method === 'password' ? { password } : { sshKey, ...(passphrase === '' ? {} : { passphrase }) };
  return { username: username.trim(), ...secret };
}

/** The values to validate: as a credential of a login and, if it is saved, as an identity. */
export function checkedOf(values: CredentialFormValues): unknown {
  const login = directOf(values);
  return values.keep === 'identity' ? { login, identity: { ...login, name: values.name } } : { login };
}

const identityRules = updateIdentity.body.optional();
const checkedSchema = z.object({ login: z.unknown(), identity: z.unknown().optional() });

/** The schemas of the contract for both, with errors at the fields of the form. */
export const credentialSchema = checkedSchema.superRefine(({ login, identity }, context) => {
  const results = [identityRules.safeParse(identity), directIdentitySchema.safeParse(login)];
  for (const { path, message } of results.flatMap(({ error }) => error?.issues ?? []))
    context.addIssue({ code: 'custom', path: [...path], message });
});
