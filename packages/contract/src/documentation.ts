import { z } from 'zod';
import { operation } from './operation.ts';

export const getOpenApi = operation({
  id: 'service.openapi',
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This contract as OpenAPI 3.1',
  access: { kind: 'none' },
  headers: { reads: ['If-None-Match'], sends: ['ETag'] },
  result: z.record(z.string(), z.unknown()),
});

export const getAsyncApi = operation({
  id: 'service.asyncapi',
  method: 'GET',
  path: '/api/asyncapi.json',
  summary: 'The WebSockets of this contract as AsyncAPI 3.0',
  access: { kind: 'none' },
  headers: { reads: ['If-None-Match'], sends: ['ETag'] },
  result: z.record(z.string(), z.unknown()),
});
