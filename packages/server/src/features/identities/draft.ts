import type { CreateIdentityBody, IdentityType, UpdateIdentityBody } from '@gatehouse/contract/identities';
import { Secret } from '../../vault/secret.ts';

/** The private key that a request brings: the key itself, or the handle of one that was made here. */
export type SentKey =
  { readonly kind: 'sent'; readonly secret: Secret } | { readonly kind: 'generated'; readonly handle: string };

/** The secrets of a request. They live as long as the request. */
export interface SentCredential {
  readonly password: Secret | undefined;
  readonly key: SentKey | undefined;
  /** `none` takes away the one that is stored. */
  readonly passphrase: Secret | 'none' | undefined;
}

/** What a request says about an identity; undefined is what it does not mention. */
export interface Draft {
  readonly name: string | undefined;
  readonly type: IdentityType | undefined;
  readonly username: string | null | undefined;
  readonly organizationId: number | undefined;
  readonly credential: SentCredential;
}

/** Takes over a parsed body for as long as `work` runs: its secrets become `Secret`s, and what means "none" becomes null. */
export async function withDraft<T>(
  body: UpdateIdentityBody | CreateIdentityBody,
  work: (draft: Draft) => Promise<T>,
): Promise<T> {
  const secrets: Secret[] = [];
  const take = (text: string): Secret => {
    const secret = Secret.fromText(text);
    secrets.push(secret);
    return secret;
  };
  const { name, type, username, organizationId } = body;
  const credential = credentialOf(body, take);
  try {
    return await work({ name, type, username: username === '' ? null : username, organizationId, credential });
  } finally {
    for (const secret of secrets) secret.destroy();
  }
}

function credentialOf(body: UpdateIdentityBody, take: (text: string) => Secret): SentCredential {
  const { password, sshKey, generatedKey, passphrase } = body;
  return {
    password: password === undefined ? undefined : take(password),
    key: keyOf(sshKey === undefined ? undefined : take(sshKey), generatedKey),
    passphrase:
      passphrase === undefined ? undefined : passphrase === null || passphrase === '' ? 'none' : take(passphrase),
  };
}

function keyOf(secret: Secret | undefined, handle: string | undefined): SentKey | undefined {
  if (secret !== undefined) return { kind: 'sent', secret };
  return handle === undefined ? undefined : { kind: 'generated', handle };
}
