import type { WebSocket } from 'ws';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound, refuse } from '../../kernel/app-error.ts';
import { identify, type AuthenticationOptions } from '../../kernel/http/authenticate.ts';
import { requireOwnOrigin } from '../../kernel/http/own-origin.ts';
import type { StateSockets } from './service.ts';

/** The WebSocket that reports changes. All checks come before the upgrade, so that a refusal is an ordinary HTTP answer. */
export function addStateSocket(app: FastifyInstance, live: StateSockets, credentials: AuthenticationOptions): void {
  const admitted = new WeakMap<FastifyRequest, (socket: WebSocket) => void>();
  app.route({
    method: 'GET',
    url: '/api/ws/state',
    preValidation: async (request) => {
      // Foreign pages may open WebSockets, unlike other requests whose answer they could read.
      requireOwnOrigin(request, credentials.publicUrl);
      const caller = await identify(request, credentials, { reads: false });
      if (!request.ws) throw refuse('websocket_only');
      admitted.set(request, live.admit(caller));
    },
    handler: () => Promise.reject(notFound()),
    wsHandler: (socket: WebSocket, request) => {
      // Without a listener, a malformed frame would end the process; the socket closes by itself.
      socket.on('error', (error: Error) => {
        request.log.debug({ err: error }, 'a socket for changes broke');
      });
      admitted.get(request)?.(socket);
    },
  });
}
