import { Agent } from 'node:http';
import type { Operation } from '@gatehouse/contract/operation';
import type { OperationId } from '@gatehouse/contract/operations';
import { comparable, send, type WireAnswer, type WireRequest } from '../attacks/wire.ts';
import { questions, type Cell, type Sent } from './requests.ts';

/** How many fields are asked at once. */
const atOnce = 8;

/** An operation with the literal of its id. */
export type Named = Operation & { readonly id: OperationId };

/** Sends the request of a cell; `authorization` stands in for the actor's own token. */
export async function ask(
  agent: Agent,
  operation: Named,
  cell: Cell,
  authorization?: Readonly<Record<string, string>>,
): Promise<WireAnswer> {
  return sendSent(agent, operation, { cell, authorization, sent: await questions[operation.id].ask(cell) });
}

interface Sending {
  readonly cell: Cell;
  readonly sent: Sent;
  readonly authorization?: Readonly<Record<string, string>> | undefined;
}

/** Sends one request for an operation. */
export function sendSent(agent: Agent, operation: Named, { cell, sent, authorization }: Sending): Promise<WireAnswer> {
  const { params = {}, query, body, token = cell.actor.token } = sent;
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => String(params[name]));
  return sendWith(agent, cell.world.gatehouse.url, {
    method: operation.method,
    path: query === undefined ? path : `${path}?${query}`,
    headers: {
      ...(authorization ?? { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

export function sendWith(agent: Agent, url: string, request: WireRequest): Promise<WireAnswer> {
  return send(url, { ...request, agent });
}

/** What an answer means to the matrix; `uniform` is the answer for what never existed. */
export function meaningOf(answer: WireAnswer, uniform: string): string {
  const { status } = answer;
  if (status < 300) return 'allowed';
  if (status === 404) return comparable(answer) === uniform ? '404u' : `404 that tells more: ${answer.text}`;
  const { error } = JSON.parse(answer.text) as { error: string };
  if (error === 'malformed_authorization') return '400';
  if (error === 'unauthenticated') return '401';
  if (error === 'forbidden') return '403';
  return error === 'insufficient_scope' ? error : `${status} ${answer.text}`;
}

export function createAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: atOnce });
}

/** Runs the work on each, several at once; resolves to what it said, without what it left unsaid. */
export async function onEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<string | undefined>,
): Promise<string[]> {
  const waiting = [...items];
  const said: string[] = [];
  const run = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const words = await work(item);
      if (words !== undefined) said.push(words);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
  return said;
}
