import type { FastifyRequest } from 'fastify';
import { AppError } from '../app-error.ts';

/** The protocol that our sockets speak; a client offers it beside its ticket. */
export const subprotocol = 'gatehouse.v1';

const ticketProtocol = /^ticket\.([\w-]{16,128})$/;

/** The ticket among the offered subprotocols; it is never in the URL, where logs would keep it. */
export function offeredTicket(request: FastifyRequest): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const ticket = offered.map((name) => ticketProtocol.exec(name)?.[1]).find((found) => found !== undefined);
  if (ticket === undefined || !offered.includes(subprotocol))
    throw new AppError('malformed_authorization', `Offer the subprotocols ${subprotocol} and ticket.<ticket>.`);
  return ticket;
}
