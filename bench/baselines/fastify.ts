import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';

/** The body of every answer. */
export interface FastifyOptions {
  readonly body: string;
}

/** One route without hooks, schemas or a logger: the cost of the framework on top of `node:http`. */
process.once('message', ({ body }: FastifyOptions) => void serve(body));

async function serve(body: string): Promise<void> {
  const bytes = Buffer.from(body);
  const app = fastify();
  app.get('/*', async (_request, reply) => reply.type('application/json').send(bytes));
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send?.((app.server.address() as AddressInfo).port);
}
