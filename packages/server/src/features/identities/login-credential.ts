import type { directIdentitySchema } from '@gatehouse/contract/connections';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { z } from 'zod';
import type { CredentialOffer } from '../../protocols/protocol.ts';
import type { openSigningKey } from '../../vault/keys/open.ts';
import { Secret } from '../../vault/secret.ts';
import type { Ask, MissingCode, LoginPart, Part } from './parts/part.ts';
import { promptedPassword } from './parts/password.ts';

/** What came with a request, to log in with once. */
export type DirectIdentity = z.output<typeof directIdentitySchema>;

/** The means of one login. Each offer is opened when its turn comes; who opened one destroys it. */
export interface LoginCredential {
  /** In the order in which they are tried. With `ask`, a person supplies what is missing; without, there may be no offer. */
  offers(ask: Ask | undefined): readonly CredentialOffer[];
  /** What a login would want and does not have: the codes of the words for it. */
  readonly missing: readonly MissingCode[];
}

/** Joins what a login does with each part. `why` is said where a person is asked for a password because nothing else is left. */
export function loginCredential(parts: readonly LoginPart[], why: string): LoginCredential {
  return {
    missing: parts.flatMap(({ missing = [] }) => missing),
    offers(ask) {
      const offers = parts.flatMap(({ offer, askFor }) => offer ?? (ask && askFor?.(ask)) ?? []);
      return offers.length === 0 && ask !== undefined ? [promptedPassword(ask, why)] : offers;
    },
  };
}

/** In the order in which logins try them. */
export function inLoginOrder(parts: readonly Part[]): readonly Part[] {
  return parts.toSorted((one, other) => one.turn - other.turn);
}

/** No stored identity fits: a person is asked for a password. */
export const noCredential: LoginCredential = loginCredential([], 'No stored identity fits.');

/** What came with a request, for one login alone. */
export interface DirectCredential extends LoginCredential {
  /** Destroys the secrets. */
  forget(): void;
}

interface DirectLogin {
  readonly parts: readonly Part[];
  readonly keys: { readonly open: typeof openSigningKey };
  /** Opening a key is work for this account. */
  readonly accountId: number;
}

/** Takes the secrets out of a direct identity. */
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
      given.map((part) => part.login(held)),
      `As ${identity.username}.`,
    ),
    forget() {
      for (const secret of secrets.values()) secret.destroy();
      secrets.clear();
    },
  };
}
