import { z } from 'zod';
import { operation } from './operation.ts';

/** A bare boolean, as existing clients read it. */
export const isFirstRun = operation({
  id: 'service.isFirstRun',
  method: 'GET',
  path: '/api/service/is-fts',
  summary: 'Whether no account exists yet, so that the first one can be registered',
  access: { kind: 'none' },
  result: z.boolean(),
});

export const getVersion = operation({
  id: 'service.version',
  method: 'GET',
  path: '/api/service/version',
  summary: 'The version of this server',
  access: { kind: 'none' },
  result: z.object({ version: z.string() }),
});
