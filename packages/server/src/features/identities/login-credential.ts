import type { directIdentitySchema } from '@gatehouse/contract/connections';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import { say, type Message } from '@gatehouse/contract/messages/message';
import type { z } from 'zod';
import type { CredentialOffer } from '../../protocols/protocol.ts';
import type { openSigningKey } from '../../vault/keys/open.ts';
import { Secret } from '../../vault/secret.ts';
import type { Ask, MissingCode, LoginPart, Part } from './parts/part.ts';
import { promptedPassword } from './parts/password.ts';

/** An identity that a request contains, for one login. */
export type DirectIdentity = z.output<typeof directIdentitySchema>;

/** The credential for one login. Each offer is opened when it is used; the opener destroys the secret. */
export interface LoginCredential {
  /**
   * In the order in which they are tried. With `ask`, a person supplies what is missing, and last a password: of an identity without one, or after the
   * server refused the stored one. Without, the list may be empty.
   */
  offers(ask: Ask | undefined): readonly CredentialOffer[];
  /** What is missing for the login: message codes. */
  readonly missing: readonly MissingCode[];
}

/** Combines the parts for a login. `why` is the reason given if a person is asked for a password that no part has. */
export function loginCredential(parts: readonly LoginPart[], why: Message): LoginCredential {
  return {
    missing: parts.flatMap(({ missing = [] }) => missing),
    offers(ask) {
      if (ask === undefined) return parts.flatMap(({ offer }) => offer ?? []);
      const offers = parts.flatMap(({ offer, askFor }) => offer ?? askFor?.(ask) ?? []);
      const again = parts.flatMap(({ askAgain }) => askAgain?.(ask) ?? []);
      const hasPassword = offers.some(({ method }) => method === 'password');
      return [...offers, ...(hasPassword ? again : [promptedPassword(ask, why)])];
    },
  };
}

/** In the order in which logins try them. */
export function inLoginOrder(parts: readonly Part[]): readonly Part[] {
  return parts.toSorted((one, other) => one.turn - other.turn);
}

/** Without a stored identity: a person is asked for a password. */
export const noCredential: LoginCredential = loginCredential([], say('ask_no_identity'));

/** The credential of a request, for one login. */
export interface DirectCredential extends LoginCredential {
  /** Destroys the secrets. */
  forget(): void;
}

interface DirectLogin {
  readonly parts: readonly Part[];
  readonly keys: { readonly open: typeof openSigningKey };
  /** Opening a key counts as work for this account. */
  readonly accountId: number;
}

/** Takes over the secrets of a direct identity. */
export function directCredential(identity: DirectIdentity, { parts, keys, accountId }: DirectLogin): DirectCredential {
  const secrets = new Map<SecretField, Secret>();
  for (const part of parts)
    for (const [field, source] of part.read(identity, (text) => Secret.fromText(text)))
      if (source.kind === 'sent') secrets.set(field, source.secret);
  const given = inLoginOrder(parts).filter(({ contract }) => secrets.has(contract.secrets[0]));
  const held = {
    name: identity.username,
    fields: new Set(secrets.keys()),
    facts: undefined,
    open: (field: SecretField) => Promise.resolve(secrets.get(field)?.copy()),
    recheck: () => Promise.resolve(),
    openKey: (key: Secret, passphrase: Secret | undefined) => keys.open(key, passphrase, accountId),
  };
  return {
    ...loginCredential(
      // What was typed for this login is typed again in the client.
      given.map((part) => ({ ...part.login(held), askAgain: undefined })),
      say('ask_as_username', { username: identity.username }),
    ),
    forget() {
      for (const secret of secrets.values()) secret.destroy();
      secrets.clear();
    },
  };
}
