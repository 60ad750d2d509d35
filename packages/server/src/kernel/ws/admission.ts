import type { FastifyRequest } from 'fastify';
import { AppError } from '../app-error.ts';

/** The protocol that our sockets speak; a client offers it beside its ticket. */
export const subprotocol = 'gatehouse.v1';

const ticketProtocol = /^ticket\.([\w-]{16,128})$/;

/**
 * Refuses a WebSocket that a foreign page opens (RFC 6455 section 10.2). Programs send no Origin; a browser always does, so one that claims to
 * be a browser and sends none is refused too.
 */
export function requireOwnOrigin({ headers, protocol }: FastifyRequest, publicUrl: string | undefined): void {
  const { origin, host } = headers;
  const isBrowser = headers['user-agent']?.startsWith('Mozilla/') === true;
  if (origin === undefined && !isBrowser) return;
  const own = [publicUrl, host === undefined ? undefined : `${protocol}://${host}`];
  if (origin === undefined || !own.includes(origin))
    throw new AppError('forbidden', 'A WebSocket must be opened from the page of this server.');
}

/** The ticket among the offered subprotocols; it is never in the URL, where logs would keep it. */
export function offeredTicket(request: FastifyRequest): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const ticket = offered.map((name) => ticketProtocol.exec(name)?.[1]).find((found) => found !== undefined);
  if (ticket === undefined || !offered.includes(subprotocol))
    throw new AppError('malformed_authorization', `Offer the subprotocols ${subprotocol} and ticket.<ticket>.`);
  return ticket;
}
