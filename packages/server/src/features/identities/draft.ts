import type { CreateIdentityBody, IdentityType, UpdateIdentityBody } from '@gatehouse/contract/identities';
import { Secret } from '../../vault/secret.ts';
import type { Credential, Part } from './parts/part.ts';

/** The fields of an identity in a request; undefined if not mentioned. Its secrets live as long as the request. */
export interface Draft {
  readonly name: string | undefined;
  readonly type: IdentityType | undefined;
  readonly username: string | null | undefined;
  readonly organizationId: number | undefined;
  readonly credential: Credential;
}

/** The parsed body of a create or an update. */
export type DraftBody = UpdateIdentityBody | CreateIdentityBody;

/** Owns a parsed body while `work` runs: its secrets become `Secret`s, and values that mean "none" become null. */
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
