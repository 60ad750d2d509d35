import type { Caller, Client } from '../kernel/caller.ts';
import type { Actor } from './record.ts';

/** A signed-in person or program. */
export function actorOf({ accountId, username, via, client }: Caller): Actor {
  return { accountId, name: username, via, ip: client.ip, userAgent: client.userAgent };
}

/** Somebody who has not signed in, under the name that was tried, if it is fit to be kept. */
export function anonymous(client: Client, name: string): Actor {
  return { accountId: null, name, via: 'anonymous', ip: client.ip, userAgent: client.userAgent };
}
