import { generateKey } from '@gatehouse/contract/generated-keys';
import { createIdentity } from '@gatehouse/contract/identities';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callStrictly } from '../../lib/api.ts';

/** The values of the short form; the full form is in the identities' feature. */
export interface FirstIdentity {
  readonly [name: string]: unknown;
  readonly name: string;
  readonly username: string;
  readonly method: 'key' | 'generate' | 'password';
  readonly sshKey: string;
  readonly passphrase: string;
  readonly password: string;
}

/** The request body, without the handle of a generated key. */
export function bodyOf({ name, username, method, sshKey, passphrase, password }: FirstIdentity) {
  const common = { name, ...(username.trim() === '' ? {} : { username }) };
  switch (method) {
    case 'password':
      return { ...common, type: 'password' as const, password };
    case 'key':
      return { ...common, type: 'ssh' as const, sshKey, ...(passphrase === '' ? {} : { passphrase }) };
    case 'generate':
      return { ...common, type: 'ssh' as const };
  }
}

/** Stores the identity; resolves to the line for `authorized_keys` where a key was generated for it. */
export function useCreateFirstIdentity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (identity: FirstIdentity) => {
      const body = bodyOf(identity);
      if (identity.method !== 'generate') {
        await callStrictly(createIdentity, { body });
        return undefined;
      }
      const made = await call(generateKey, { body: { algorithm: 'ed25519', comment: identity.name.trim() } });
      await callStrictly(createIdentity, { body: { ...body, generatedKey: made.handle } });
      return made.publicKey;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['identities'] }),
    // The variables of a mutation hold the secrets.
    gcTime: 0,
  });
}
