import type { FastifyRequest } from 'fastify';
import { refuse } from '../app-error.ts';

/** The protocol that our sockets speak; a client offers it beside its ticket. */
export const subprotocol = 'gatehouse.v1';

const ticketProtocol = /^ticket\.([\w-]{16,128})$/;

/** The ticket among the offered subprotocols; it is never in the URL, where logs would keep it. */
export function offeredTicket(request: FastifyRequest): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const ticket = offered.map((name) => ticketProtocol.exec(name)?.[1]).find((found) => found !== undefined);
  if (ticket === undefined || !offered.includes(subprotocol)) throw refuse('subprotocols_missing', { subprotocol });
  return ticket;
}
