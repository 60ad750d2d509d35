import type { Identity, IdentityType } from '@gatehouse/contract/identities';
import type { IdentityPatch, NewIdentity } from '../changes.ts';
import { usesKey, usesPassword } from '../condition.ts';

/**
 * What happens to an authentication method: it is absent or removed, the stored secret stays (or is missing, if the identity was created without
 * one), or a new secret is set.
 */
export type Method = 'none' | 'keep' | 'new';

/** The values of the form, with the field names of the contract, so that its errors match the fields. */
export interface IdentityFormValues extends Record<string, unknown> {
  name: string;
  username: string;
  /** Null: personal. */
  organizationId: number | null;
  keyMethod: Method;
  keySource: 'paste' | 'generate';
  sshKey: string;
  passphrase: string;
  /** The handle of a key that was generated on the server. */
  generatedKey: string;
  passwordMethod: Method;
  password: string;
}

/** The values of a new identity: personal, with a key, as most are. */
export function emptyValues(): IdentityFormValues {
  return { ...withoutSecrets, name: '', username: '', organizationId: null, keyMethod: 'new', passwordMethod: 'none' };
}

/** The values of a stored identity, without its secrets. */
export function valuesOf({ name, username, organizationId, type }: Identity): IdentityFormValues {
  return {
    ...withoutSecrets,
    name,
    username: username ?? '',
    organizationId,
    keyMethod: usesKey(type) ? 'keep' : 'none',
    passwordMethod: usesPassword(type) ? 'keep' : 'none',
  };
}

const withoutSecrets = {
  keySource: 'paste',
  sshKey: '',
  passphrase: '',
  generatedKey: '',
  password: '',
} as const;

/** The type that follows from the methods; undefined without a method. A password without a username is for VNC and the like. */
export function typeOf(values: IdentityFormValues, before?: Identity): IdentityType | undefined {
  const withKey = values.keyMethod !== 'none';
  if (values.passwordMethod === 'none') return withKey ? 'ssh' : undefined;
  if (withKey) return 'both';
  if (values.username.trim() !== '') return 'password';
  // An identity whose username comes from each server keeps its type.
  return before?.type === 'password' && before.username === null ? 'password' : 'password-only';
}

/** The request body of a new identity. */
export function bodyOfNew(values: IdentityFormValues): Partial<NewIdentity> {
  const type = typeOf(values);
  const username = values.username.trim();
  return {
    name: values.name,
    ...(type !== undefined && { type }),
    ...(username !== '' && { username }),
    ...(values.organizationId !== null && { organizationId: values.organizationId }),
    ...newSecrets(values),
  };
}

/** The changes of a stored identity; the name is always included, so that the body is not empty. */
export function bodyOfChange(values: IdentityFormValues, before: Identity): IdentityPatch {
  const type = typeOf(values, before);
  const username = values.username.trim();
  return {
    name: values.name,
    ...(type !== undefined && type !== before.type && { type }),
    ...(username !== (before.username ?? '') && { username: username === '' ? null : username }),
    ...(values.organizationId !== null &&
      values.organizationId !== before.organizationId && { organizationId: values.organizationId }),
    ...newSecrets(values),
  };
}

/** An empty secret is included, so that the schema reports the field. */
function newSecrets({
  keyMethod,
  keySource,
  sshKey,
  generatedKey,
  passphrase,
  passwordMethod,
  password,
}: IdentityFormValues) {
  const pasted = keyMethod === 'new' && keySource === 'paste';
  // A generated key already has its passphrase; that of a stored key can be added later.
  const opensKey = passphrase !== '' && (pasted || keyMethod === 'keep');
  return {
    ...(pasted && { sshKey }),
    ...(keyMethod === 'new' && keySource === 'generate' && { generatedKey }),
    ...(opensKey && { passphrase }),
    ...(passwordMethod === 'new' && { password }),
  };
}
