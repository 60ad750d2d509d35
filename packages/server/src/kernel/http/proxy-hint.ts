import type { FastifyInstance } from 'fastify';
import type { Logger } from '../logger.ts';

/** The headers that proxies add. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

interface HintOptions {
  readonly logger: Logger;
  readonly trustProxy: readonly string[];
}

/**
 * Warns once when a request comes through a proxy although TRUST_PROXY names none: all callers then have the proxy's address, in the audit log and
 * for the limits on wrong passwords. Must be added before the routes.
 */
export function addProxyHint(app: FastifyInstance, { logger, trustProxy }: HintOptions): void {
  if (trustProxy.length > 0) return;
  let isSaid = false;
  app.addHook('onRequest', (request, _reply, done) => {
    const header = isSaid ? undefined : forwardingHeaders.find((name) => name in request.headers);
    if (header !== undefined) {
      isSaid = true;
      logger.warn(
        { header, from: request.socket.remoteAddress },
        'A request came through a proxy, which TRUST_PROXY does not name: the addresses of callers are not known.',
      );
    }
    done();
  });
}
