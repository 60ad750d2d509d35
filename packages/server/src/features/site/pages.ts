import type { FastifyInstance } from 'fastify';
import { readAsset } from './assets.ts';

/** Our own pages: styles and images of this server, no scripts. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const landingPage = { url: '/', asset: 'index.html', type: 'text/html; charset=utf-8' };

const files = [
  { url: '/page.css', asset: 'page.css', type: 'text/css; charset=utf-8' },
  { url: '/icon.svg', asset: 'icon.svg', type: 'image/svg+xml' },
];

/** Serves the files that the server's pages share and, without a web app, a page that says that the server runs and where the documentation is. */
export function addPages(app: FastifyInstance, { hasWebApp }: { readonly hasWebApp: boolean }): void {
  for (const { url, asset, type } of hasWebApp ? files : [landingPage, ...files])
    app.get(url, (_request, reply) =>
      reply
        .header('content-security-policy', pagePolicy)
        .header('cache-control', 'no-cache')
        .type(type)
        .send(readAsset(asset)),
    );
}
