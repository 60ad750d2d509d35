import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';

interface Served {
  readonly segments: readonly string[];
  readonly method: string;
  readonly params: z.ZodType;
}

/**
 * Collects the operations that are added to an application from now on. The result gives the methods for a URL in its singular spelling (RFC 9110
 * section 10.2.1): none for an unknown path, and nothing that the contract does not publish.
 */
export function noteMethods(app: FastifyInstance): (url: string) => readonly string[] {
  const served: Served[] = [];
  app.addHook('onRoute', ({ url, method, config }) => {
    if (config?.operation === undefined) return;
    const { params } = config.operation;
    for (const one of [method].flat()) served.push({ segments: segmentsOf(url), method: one, params });
  });
  return (url) => {
    const segments = segmentsOf(url.split('?', 1)[0] ?? '');
    return served.filter((route) => leadsTo(route, segments)).map(({ method }) => method);
  };
}

function segmentsOf(path: string): readonly string[] {
  return path.replace(/\/$/, '').split('/');
}

function leadsTo({ segments, params }: Served, path: readonly string[]): boolean {
  if (segments.length !== path.length) return false;
  const found: Record<string, string> = {};
  for (const [place, segment] of segments.entries()) {
    const value = path[place] ?? '';
    if (segment.startsWith(':')) found[segment.slice(1)] = value;
    else if (segment !== value) return false;
  }
  return Object.keys(found).length === 0 || params.safeParse(found).success;
}
