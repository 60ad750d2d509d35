import { subprotocol } from '@gatehouse/contract/subprotocol';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../app-error.ts';

const ticketProtocol = /^ticket\.([\w-]{16,128})$/;

/** The ticket among the offered subprotocols; a ticket in the URL would end up in logs. */
export function offeredTicket(request: FastifyRequest): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const ticket = offered.map((name) => ticketProtocol.exec(name)?.[1]).find((found) => found !== undefined);
  if (ticket === undefined || !offered.includes(subprotocol)) throw refuse('subprotocols_missing', { subprotocol });
  return ticket;
}
