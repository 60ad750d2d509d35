import type { Access, Grant } from '../../../access/authorize-use.ts';
import { destinationChanged, type UseRequest } from '../../../access/authorize-route.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { DirectIdentity, Identities } from '../../identities/service.ts';
import type { DirectLogin } from './credential.ts';
import { destinationOf, tagOf } from './destination.ts';

/** The request. */
export interface LoginRequest extends Omit<UseRequest, 'direct'> {
  readonly reason?: string | undefined;
  /** The command of `exec`. */
  readonly command?: string | undefined;
  /** The tag of the destination that a person has seen. */
  readonly destination?: string | undefined;
  /** Used instead of a stored identity on the target. */
  readonly directIdentity?: DirectIdentity | undefined;
}

/** An authorized use of a server, with the content of the request. Nothing was sent yet. */
export interface AuthorizedLogin {
  readonly grant: Grant;
  readonly direct: DirectLogin | undefined;
  readonly reason: string | null;
  /** The command of `exec`; for the audit log. */
  readonly command: string | undefined;
}

/** Throws what `authorizeUse` throws, and `conflict` if the caller has seen another destination. */
export async function authorizeLogin(
  { access, identities }: { readonly access: Access; readonly identities: Pick<Identities, 'directCredential'> },
  caller: Caller,
  { reason, command, destination, directIdentity, ...use }: LoginRequest,
): Promise<AuthorizedLogin> {
  const grant = await access.authorizeUse(caller, { ...use, direct: directIdentity !== undefined });
  if (destination !== undefined && destination !== tagOf(destinationOf(grant, grant.target, [])))
    throw destinationChanged(grant.target.entry);
  const direct = directIdentity && {
    username: directIdentity.username,
    credential: identities.directCredential(directIdentity, caller.accountId),
  };
  return { grant, direct, reason: reason ?? null, command };
}
