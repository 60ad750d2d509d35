import { z } from 'zod';
import { password } from './accounts.ts';
import { message, pathId, timestamp } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';

/** The token of a sign-in: 384 random bits. */
const signInToken = z.string().regex(/^[0-9a-f]{96}$/, fault('token_malformed'));

/** A one-time code, as a string or, from some clients, a number. */
const oneTimeCode = z.union([z.string().regex(/^\d{6}$/, fault('code_malformed')), z.int().min(0).max(999_999)]);

const credentials = z.strictObject({ username: z.string().min(1).max(255), password, code: oneTimeCode.optional() });

export const login = operation({
  id: 'auth.login',
  method: 'POST',
  path: '/api/auth/login',
  summary: 'Sign in with a password',
  description:
    'The token is also in the `Authorization` header of the answer. A wrong name and a wrong password answer alike. Wrong tries are counted per account and per address; too many answer 429 with `Retry-After` and `RateLimit-*`.',
  access: { kind: 'none' },
  headers: { sends: ['Authorization'] },
  body: credentials,
  example: { username: 'anna', password: 'correct horse battery staple' },
  result: z.object({ token: signInToken, ...message.shape }),
  errors: ['invalid_credentials'],
});

export const logout = operation({
  id: 'auth.logout',
  method: 'POST',
  path: '/api/auth/logout',
  summary: 'End the session of a token',
  access: { kind: 'none' },
  body: z.strictObject({ token: signInToken }),
  result: message,
  errors: ['not_found'],
});

export const signIn = operation({
  id: 'auth.signIn',
  method: 'POST',
  path: '/api/auth/cookie',
  summary: 'Sign in a browser',
  description:
    'Like POST /api/auth/login, but the token is in a cookie that no script can read: `__Host-gatehouse` where the browser came over HTTPS, else `gatehouse`; HttpOnly, SameSite=Strict. Only for pages of this server.',
  access: { kind: 'none' },
  headers: { sends: ['Set-Cookie'] },
  body: credentials,
  example: { username: 'anna', password: 'correct horse battery staple' },
  result: message,
  errors: ['invalid_credentials', 'forbidden'],
});

export const signOut = operation({
  id: 'auth.signOut',
  method: 'DELETE',
  path: '/api/auth/cookie',
  summary: 'Sign out a browser',
  description:
    'Ends the session of the cookie and clears the cookie, also where the session has ended already or there is no cookie.',
  access: { kind: 'none' },
  headers: { sends: ['Set-Cookie'] },
  result: message,
  errors: ['forbidden'],
});

export const listProviders = operation({
  id: 'auth.providers',
  method: 'GET',
  path: '/api/auth/providers',
  summary: 'The ways to sign in',
  access: { kind: 'none' },
  result: z.array(
    z.object({
      id: z.string(),
      type: z.enum(['internal']),
      name: z.string(),
      isInternal: z.boolean().meta({ description: 'Whether the passwords are kept here' }),
      enabled: z.boolean(),
      allowRegistration: z.boolean().meta({ description: 'Whether people may make an account for themselves' }),
    }),
  ),
});

export const listSignIns = operation({
  id: 'session.list',
  method: 'GET',
  path: '/api/session/list',
  summary: 'List where the account is signed in',
  access: { kind: 'session' },
  result: z.array(
    z.object({
      id: z.number().int(),
      ip: z.string(),
      userAgent: z.string(),
      createdAt: timestamp,
      lastActivity: timestamp,
      current: z.boolean().meta({ description: 'Whether it is the session that asks' }),
    }),
  ),
});

export const revokeSignIn = operation({
  id: 'session.revoke',
  method: 'DELETE',
  path: '/api/session/:id',
  summary: 'End one of the own sessions',
  access: { kind: 'session' },
  params: z.object({ id: pathId }),
  result: message,
  errors: ['not_found'],
});
