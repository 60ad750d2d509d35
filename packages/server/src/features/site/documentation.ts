import { asyncApiDocument, type DescribedServer } from '@gatehouse/contract/asyncapi';
import { getAsyncApi, getOpenApi } from '@gatehouse/contract/documentation';
import { openApiDocument } from '@gatehouse/contract/openapi';
import { operations } from '@gatehouse/contract/operations';
import { socketChannels } from '@gatehouse/contract/sockets';
import { fastify, type FastifyInstance } from 'fastify';
import { contentTag } from '../../kernel/http/entity-tag.ts';
import { PreparedAnswer } from '../../kernel/http/prepared-answer.ts';
import { serveOpen } from '../../kernel/http/serve.ts';
import { readAsset, readGuide } from './assets.ts';

/** The path of the viewer inside the plug-in that packages it. */
const viewerPath = '/js/scalar.js';

/** The viewer sets styles at run time; scripts come only from this server. */
const viewerPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** `/api/openapi.json`, `/api/asyncapi.json`, `/docs` (the viewer is packaged, nothing is loaded from other hosts), `/guide.txt` and `/llms.txt`. */
export function addDocumentation(app: FastifyInstance, server: DescribedServer): void {
  let openApi: PreparedAnswer | undefined;
  let asyncApi: PreparedAnswer | undefined;
  // Created on demand and once, because the larger one takes a tenth of a start, and any client may request it repeatedly.
  serveOpen(app, getOpenApi, () =>
    Promise.resolve((openApi ??= prepareDocument(openApiDocument(operations, server.version)))),
  );
  serveOpen(app, getAsyncApi, () =>
    Promise.resolve((asyncApi ??= prepareDocument(asyncApiDocument(socketChannels, server)))),
  );
  app.get('/docs', (_request, reply) =>
    reply.header('content-security-policy', viewerPolicy).type('text/html; charset=utf-8').send(readAsset('docs.html')),
  );
  app.get('/docs/start.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(readAsset('docs.js')),
  );
  let viewer: Promise<Buffer> | undefined;
  app.get('/docs/viewer.js', async (_request, reply) => {
    viewer ??= loadViewer();
    return reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(await viewer);
  });
  app.get('/guide.txt', (_request, reply) => reply.type('text/plain; charset=utf-8').send(readGuide()));
  app.get('/llms.txt', (_request, reply) => reply.type('text/plain; charset=utf-8').send(readAsset('llms.txt')));
}

function prepareDocument(document: object): PreparedAnswer {
  const bytes = Buffer.from(JSON.stringify(document));
  return new PreparedAnswer(bytes, contentTag([bytes]));
}

/** Extracts the viewer's script from its plug-in; five megabytes, so only when the page is opened. */
async function loadViewer(): Promise<Buffer> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const packaged = fastify();
  await packaged.register(scalar, { routePrefix: '/', configuration: { url: '/api/openapi.json' } });
  const { rawPayload } = await packaged.inject(viewerPath);
  await packaged.close();
  return rawPayload;
}
