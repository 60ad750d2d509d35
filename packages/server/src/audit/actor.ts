import type { Caller, Client } from '../kernel/caller.ts';
import type { Actor } from './record.ts';

/** The server itself as an actor. */
export const systemActor: Actor = { accountId: null, name: 'system', via: 'system', ip: null, userAgent: null };

/** The actor of a signed-in caller. */
export function actorOf({ accountId, username, via, client }: Caller): Actor {
  return { accountId, name: username, via: via.type, ip: client.ip, userAgent: client.userAgent };
}

/** The actor of a request without sign-in; `name` is the username that it claimed. */
export function anonymousActor(client: Client, name: string): Actor {
  return { accountId: null, name, via: 'anonymous', ip: client.ip, userAgent: client.userAgent };
}
