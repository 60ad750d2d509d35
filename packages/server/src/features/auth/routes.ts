import { listProviders, listSessions, login, logout, revokeSession } from '@gatehouse/contract/auth';
import type { FastifyInstance } from 'fastify';
import { serve, serveOpen } from '../../kernel/http/serve.ts';
import { Secret } from '../../vault/secret.ts';
import type { Auth } from './service.ts';

export function addAuthRoutes(app: FastifyInstance, auth: Auth): void {
  serveOpen(app, login, async ({ client, body, setHeader }) => {
    using password = Secret.fromText(body.password);
    const token = await auth.login(client, { username: body.username, password });
    setHeader('authorization', token);
    return { token, message: 'Signed in.' };
  });
  serveOpen(app, logout, async ({ client, body }) => {
    await auth.sessions.logout(client, body.token);
    return { message: 'Signed out.' };
  });
  serveOpen(app, listProviders, () =>
    Promise.resolve([{ id: 'internal', type: 'internal', name: 'Username and password' }]),
  );
  serve(app, listSessions, ({ caller }) => auth.sessions.list(caller));
  serve(app, revokeSession, async ({ caller, params }) => {
    await auth.sessions.revoke(caller, params.id);
    return { message: 'The session has ended.' };
  });
}
