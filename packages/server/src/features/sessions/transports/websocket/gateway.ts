import { pathId } from '@gatehouse/contract/fields';
import type { WebSocket } from 'ws';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFound, refuse } from '../../../../kernel/app-error.ts';
import { keepForCaller } from '../../../../kernel/http/connections.ts';
import { requireOwnOrigin } from '../../../../kernel/http/own-origin.ts';
import { offeredTicket } from '../../../../kernel/ws/admission.ts';
import type { Sessions } from '../../service.ts';
import type { Transport } from '../../stream/sink.ts';
import { overWebSocket } from './websocket-sink.ts';

/** The WebSocket of a session. All checks come before the upgrade, so that a refusal is an ordinary HTTP answer. */
export function addSessionSocket(app: FastifyInstance, sessions: Sessions, publicUrl: string | undefined): void {
  const admitted = new WeakMap<FastifyRequest, (transport: Transport) => void>();
  app.route({
    method: 'GET',
    url: '/api/ws/session/:sessionId',
    // eslint-disable-next-line @typescript-eslint/require-await -- a hook that throws must be async, or call back
    preValidation: async (request) => {
      if (!request.ws) throw refuse('websocket_only');
      requireOwnOrigin(request, publicUrl);
      const { sessionId } = request.params as { sessionId: string };
      const id = pathId.safeParse(sessionId);
      if (!id.success) throw notFound();
      admitted.set(request, sessions.admit(id.data, offeredTicket(request)));
      keepForCaller(request.raw.socket);
    },
    handler: () => Promise.reject(notFound()),
    wsHandler: (socket: WebSocket, request) => {
      // Without a listener, a malformed frame would end the process; the socket closes by itself.
      socket.on('error', (error: Error) => {
        request.log.debug({ err: error }, 'the socket of a session broke');
      });
      admitted.get(request)?.(overWebSocket(socket));
    },
  });
}
