import {
  endConnection,
  executeCommand,
  getConnection,
  getDestination,
  listConnections,
  openConnection,
  rejoinConnection,
  resizeConnection,
  streamCommand,
} from '@gatehouse/contract/connections';
import { acknowledge } from '@gatehouse/contract/messages/answer-fields';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../kernel/http/serve.ts';
import type { Sessions } from './service.ts';

/** Opening, joining, listing and ending sessions, and commands. */
export function addSessionRoutes(app: FastifyInstance, sessions: Sessions): void {
  serve(app, openConnection, ({ caller, body }) => sessions.open(caller, body));
  serve(app, getDestination, ({ caller, params }) => sessions.destination(caller, params.entryId));
  serve(app, listConnections, ({ caller, query }) =>
    sessions.list(caller, {
      ...query,
      organizationId: query.organizationId,
      live: query.live === undefined ? undefined : query.live === 'true',
    }),
  );
  serve(app, getConnection, ({ caller, params }) => sessions.get(caller, params.sessionId));
  serve(app, endConnection, async ({ caller, params }) => {
    await sessions.end(caller, params.sessionId);
    return acknowledge('session_was_ended');
  });
  serve(app, rejoinConnection, ({ caller, params }) => sessions.rejoin(caller, params.sessionId));
  serve(app, resizeConnection, async ({ caller, params, body }) => {
    await sessions.resize(caller, params.sessionId, body);
    return acknowledge('terminal_resized');
  });
  serve(app, streamCommand, ({ caller, params, query, body }) =>
    sessions.stream(caller, { entryId: params.entryId, identityId: query.identityId, ...body }),
  );
  serve(app, executeCommand, ({ caller, params, query, body }) =>
    sessions.execute(caller, { entryId: params.entryId, identityId: query.identityId, ...body }),
  );
}
