import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { notFound } from '../../kernel/app-error.ts';

/** The app loads nothing from other hosts and runs only its own scripts; its components set styles at run time. */
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
/** The files of the build: no subfolders, nothing hidden. */
const assetName = /^[\w-][\w.-]*$/;
/** Paths that belong to the server and never to a page of the app, also if they do not exist. */
const ofServer = /^\/*(api|assets|docs|healthz|readyz|metrics|guide\.txt|llms\.txt)(\/|$)/i;

/**
 * Serves the built web app: its hashed assets with unlimited caching, its other files, and its page for every other address that a browser opens,
 * because the app has its own routes. Returns whether the app was built; otherwise nothing is served.
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
    // Also before a WebSocket upgrade: below /api/ws, and before Node.js 24.9 for every path.
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

/** The files beside the page, by name: icons, the manifest. Listed once, so that no request path reaches the file system. */
function filesIn(directory: string): ReadonlySet<string> {
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && assetName.test(entry.name))
    .map(({ name }) => name);
  return new Set(names.filter((name) => name !== 'index.html'));
}
