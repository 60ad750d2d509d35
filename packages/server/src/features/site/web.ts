import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { notFound } from '../../kernel/app-error.ts';

/** The app loads nothing from elsewhere and runs no script but its own; its components set styles at run time. */
const appPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const appHeaders = {
  'content-security-policy': appPolicy,
  'permissions-policy':
    'clipboard-read=(self), clipboard-write=(self), camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-cache',
};

const yearMs = 31_536_000_000;
/** What the build writes: no folders below, nothing hidden. */
const assetName = /^[\w-][\w.-]*$/;
/** What is of the server and never a page of the app, also where it does not exist. */
const ofServer = /^\/*(api|assets|docs|healthz|readyz|metrics|guide\.txt|llms\.txt)(\/|$)/i;

/**
 * Serves the built web app: its hashed assets for ever, its other files, and its page for every address that a browser opens, because the app
 * has routes of its own. Answers whether the app is there; if not, nothing is served.
 */
export async function addWebApp(app: FastifyInstance, directory: string): Promise<boolean> {
  if (!existsSync(join(directory, 'index.html'))) return false;
  const files = filesIn(directory);
  await app.register(fastifyStatic, { root: directory, serve: false, preCompressed: true });
  const sendPage = (reply: FastifyReply) => reply.headers(appHeaders).sendFile('index.html', { cacheControl: false });

  app.get('/', (_request, reply) => sendPage(reply));
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) => {
    const name = request.params['*'];
    if (!assetName.test(name)) throw notFound();
    return reply.sendFile(`assets/${name}`, { maxAge: yearMs, immutable: true });
  });
  app.get<{ Params: { '*': string } }>('/*', {
    // Before a WebSocket is taken, too, which is so below /api/ws and before Node.js 24.9 everywhere.
    preValidation: (request, _reply, done) => {
      const path = request.params['*'];
      const isPage = request.headers.accept?.includes('text/html') === true && !ofServer.test(`/${path}`);
      done(!request.ws && (isPage || files.has(path)) ? undefined : notFound());
    },
    handler: (request, reply) => {
      const path = request.params['*'];
      if (!files.has(path)) return sendPage(reply);
      return reply.header('cache-control', 'no-cache').sendFile(path, { cacheControl: false });
    },
  });
  return true;
}

/** The files that lie beside the page, by name: icons, the manifest. Asked of the disk once, so that no path leads anywhere else. */
function filesIn(directory: string): ReadonlySet<string> {
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && assetName.test(entry.name))
    .map(({ name }) => name);
  return new Set(names.filter((name) => name !== 'index.html'));
}
