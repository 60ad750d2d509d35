import type { CreateIdentityBody, IdentityType, UpdateIdentityBody } from '@gatehouse/contract/identities';
import { Secret } from '../../vault/secret.ts';
import type { Credential, Part } from './parts/part.ts';

/** What a request says about an identity; undefined is what it does not mention. Its secrets live as long as the request. */
export interface Draft {
  readonly name: string | undefined;
  readonly type: IdentityType | undefined;
  readonly username: string | null | undefined;
  readonly organizationId: number | undefined;
  readonly credential: Credential;
}

/** The parsed body of a create or an update. */
export type DraftBody = UpdateIdentityBody | CreateIdentityBody;

/** Takes over a parsed body for as long as `work` runs: its secrets become `Secret`s, and what means "none" becomes null. */
export async function withDraft<T>(
  parts: readonly Part[],
  body: DraftBody,
  work: (draft: Draft) => Promise<T>,
): Promise<T> {
  const secrets: Secret[] = [];
  const take = (text: string): Secret => {
    const secret = Secret.fromText(text);
    secrets.push(secret);
    return secret;
  };
  const { name, type, username, organizationId } = body;
  try {
    const credential = new Map(parts.flatMap((part) => [...part.read(body, take)]));
    return await work({ name, type, username: username === '' ? null : username, organizationId, credential });
  } finally {
    for (const secret of secrets) secret.destroy();
  }
}
