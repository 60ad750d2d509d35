import type { Identity, IdentityType } from '@gatehouse/contract/identities';
import type { IdentityPatch, NewIdentity } from '../changes.ts';
import { usesKey, usesPassword } from '../condition.ts';

/**
 * What happens to a way to log in: there is none (any more), the stored one stays (which may be missing, where it was made without), or
 * a new one is put in its place.
 */
export type Method = 'none' | 'keep' | 'new';

/** What is typed, under the names of the contract so that its errors find their fields. */
export interface IdentityFormValues extends Record<string, unknown> {
  name: string;
  username: string;
  /** Null: for the person alone. */
  organizationId: number | null;
  keyMethod: Method;
  keySource: 'paste' | 'generate';
  sshKey: string;
  passphrase: string;
  /** The handle of a key that was made on the server. */
  generatedKey: string;
  passwordMethod: Method;
  password: string;
}

/** A new identity: the person's own, with a key, as most have. */
export function emptyValues(): IdentityFormValues {
  return { ...withoutSecrets, name: '', username: '', organizationId: null, keyMethod: 'new', passwordMethod: 'none' };
}

/** What is stored, with none of its secrets. */
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

/** The type that the ways in add up to; undefined where there is none. A password without a username serves VNC and the like. */
export function typeOf(values: IdentityFormValues, before?: Identity): IdentityType | undefined {
  const withKey = values.keyMethod !== 'none';
  if (values.passwordMethod === 'none') return withKey ? 'ssh' : undefined;
  if (withKey) return 'both';
  if (values.username.trim() !== '') return 'password';
  // One whose username each server brings keeps its type.
  return before?.type === 'password' && before.username === null ? 'password' : 'password-only';
}

/** What a new identity is made of. */
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

/** What changes of a stored identity; the name is always sent, so that there is something to send. */
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

/** An empty secret is sent along, so that the schema names the field. */
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
  // A generated key brings its passphrase along; that of a stored key may be added later.
  const opensKey = passphrase !== '' && (pasted || keyMethod === 'keep');
  return {
    ...(pasted && { sshKey }),
    ...(keyMethod === 'new' && keySource === 'generate' && { generatedKey }),
    ...(opensKey && { passphrase }),
    ...(passwordMethod === 'new' && { password }),
  };
}
