import { changePassword, createApiKey, deleteApiKey, listApiKeys } from '@gatehouse/contract/accounts';
import { listProviders, listSignIns, login, logout, revokeSignIn, signIn, signOut } from '@gatehouse/contract/auth';
import { deleteUserApiKey, listUserApiKeys, resetUserPassword } from '@gatehouse/contract/users';
import { acknowledge } from '@gatehouse/contract/messages/answer-fields';
import type { FastifyInstance } from 'fastify';
import { requireOwnOrigin, requireOwnPage } from '../../kernel/http/own-origin.ts';
import { serve, serveOpen } from '../../kernel/http/serve.ts';
import type { SessionCookie } from '../../kernel/http/session-cookie.ts';
import { Secret } from '../../vault/secret.ts';
import type { Auth } from './service.ts';

interface CookieOptions {
  readonly cookie: SessionCookie;
  readonly publicUrl: string | undefined;
}

/** Sign-in and sign-out, with a token or a cookie, and the list of sign-ins. */
export function addAuthRoutes(app: FastifyInstance, auth: Auth, cookieOptions: CookieOptions): void {
  serveOpen(app, login, async ({ client, body, setHeader }) => {
    using password = Secret.fromText(body.password);
    const token = await auth.signIn.password(client, { username: body.username, password });
    setHeader('authorization', token);
    return { token, ...acknowledge('signed_in') };
  });
  serveOpen(app, logout, async ({ client, body }) => {
    await auth.signIns.logout(client, body.token);
    return acknowledge('signed_out');
  });
  serveOpen(app, listProviders, () => Promise.resolve(auth.providers()));
  serve(app, listSignIns, ({ caller }) => auth.signIns.list(caller));
  serve(app, revokeSignIn, async ({ caller, params }) => {
    await auth.signIns.revoke(caller, params.id);
    return acknowledge('sign_in_revoked');
  });
  addCookieRoutes(app, auth, cookieOptions);
  addPasswordRoutes(app, auth);
  addApiKeyRoutes(app, auth);
}

/** Sign-in of browsers: scripts cannot read the token. Foreign pages must not sign a user in or out. */
function addCookieRoutes(app: FastifyInstance, auth: Auth, { cookie, publicUrl }: CookieOptions): void {
  serveOpen(app, signIn, async ({ client, body, arrival, setHeader }) => {
    requireOwnOrigin(arrival, publicUrl);
    using password = Secret.fromText(body.password);
    const token = await auth.signIn.password(client, { username: body.username, password });
    // The earlier sign-in of the browser ends.
    await auth.signIns.endAll(client, cookie.values(arrival));
    setHeader('set-cookie', cookie.issue(arrival, token));
    return acknowledge('signed_in');
  });
  serveOpen(app, signOut, async ({ client, arrival, setHeader }) => {
    const tokens = cookie.values(arrival);
    if (tokens.length > 0) requireOwnPage(arrival, publicUrl, { reads: false });
    else requireOwnOrigin(arrival, publicUrl);
    await auth.signIns.endAll(client, tokens);
    setHeader('set-cookie', cookie.clear(arrival));
    return acknowledge('signed_out');
  });
}

function addPasswordRoutes(app: FastifyInstance, { passwords }: Auth): void {
  serve(app, changePassword, async ({ caller, body }) => {
    using password = Secret.fromText(body.password);
    using currentPassword = Secret.fromText(body.currentPassword);
    await passwords.changePassword(caller, { password, currentPassword, endApiKeys: body.endApiKeys });
    return acknowledge(body.endApiKeys ? 'password_changed_keys_ended' : 'password_changed');
  });
  serve(app, resetUserPassword, async ({ caller, params, body }) => {
    using password = Secret.fromText(body.password);
    await passwords.resetPassword(caller, params.id, password);
    return acknowledge('password_set');
  });
}

function addApiKeyRoutes(app: FastifyInstance, { apiKeys }: Auth): void {
  serve(app, listApiKeys, ({ caller }) => apiKeys.list(caller));
  serve(app, createApiKey, async ({ caller, body }) => {
    using currentPassword = body.currentPassword === undefined ? undefined : Secret.fromText(body.currentPassword);
    const key = await apiKeys.create(caller, { ...body, currentPassword });
    return { ...key, ...acknowledge('api_key_created') };
  });
  serve(app, deleteApiKey, async ({ caller, params }) => {
    await apiKeys.delete(caller, params.id);
    return acknowledge('api_key_deleted');
  });
  serve(app, listUserApiKeys, ({ caller, params }) => apiKeys.listOf(caller, params.id));
  serve(app, deleteUserApiKey, async ({ caller, params }) => {
    await apiKeys.deleteOf(caller, params.id, params.keyId);
    return acknowledge('api_key_deleted');
  });
}
