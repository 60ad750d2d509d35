import { z } from 'zod';
import { message, pathId, timestamp } from './fields.ts';
import { operation } from './operation.ts';
import { hostKeyFactsSchema } from './problem.ts';

const maxLines = 100;
const maxLineCharacters = 4_096;
const params = z.object({ entryId: pathId });

const pinnedKeySchema = hostKeyFactsSchema
  .extend({
    id: z.int(),
    authority: z.boolean().meta({ description: 'Signs host certificates, and is no key of the server itself' }),
    revoked: z
      .boolean()
      .meta({ description: 'Is never accepted for this host and port, whatever the policy; not pinned' }),
    source: z.enum(['confirmed', 'accept-new', 'imported']),
    confirmedBy: z.int().nullable().meta({ description: 'The account that accepted it' }),
    firstSeenAt: timestamp,
  })
  .meta({ id: 'PinnedHostKey' });

export const getHostKeys = operation({
  id: 'entry.host-keys.list',
  method: 'GET',
  path: '/api/entry/:entryId/host-keys',
  summary: 'The host keys that are pinned for a server',
  access: { kind: 'bearer', scope: 'entries:read' },
  params,
  result: z.object({
    host: z.string(),
    port: z.int(),
    policy: z.string(),
    keys: z.array(pinnedKeySchema),
    knownHosts: z.array(z.string()).meta({ description: 'The same keys as lines of a known_hosts file' }),
  }),
  errors: ['not_found'],
});

export const putHostKeys = operation({
  id: 'entry.host-keys.replace',
  method: 'PUT',
  path: '/api/entry/:entryId/host-keys',
  summary: 'Accept host keys: pins these and forgets those that were pinned for the same host and port',
  description:
    'Keys of the server take the place of its keys, authorities (`@cert-authority`) that of its authorities; what is not named at all stays. Keys of `@revoked` lines are not accepted from then on, under any policy. Lines for other hosts and of unsupported types are skipped.',
  access: { kind: 'bearer', scope: 'entries:write' },
  params,
  body: z.strictObject({
    keys: z.array(z.string().min(1).max(maxLineCharacters)).min(1).max(maxLines).meta({
      description:
        '`ssh-ed25519 AAAA…`, or lines of known_hosts, of which those for this server are taken; `@cert-authority` marks the key of an authority',
    }),
  }),
  result: message.extend({
    keys: z.array(hostKeyFactsSchema).meta({ description: 'Pinned now' }),
    revoked: z.array(hostKeyFactsSchema).meta({ description: 'Revoked now' }),
    skipped: z.object({ otherHosts: z.int(), unsupported: z.int() }).meta({
      description:
        'Lines that were not used: for other hosts, or of a type of key or with a mark that is not supported',
    }),
  }),
  errors: ['quota_exceeded', 'forbidden', 'not_found'],
});

export const deleteHostKey = operation({
  id: 'entry.host-keys.remove',
  method: 'DELETE',
  path: '/api/entry/:entryId/host-keys/:hostKeyId',
  summary: 'Forget one host key',
  access: { kind: 'bearer', scope: 'entries:write' },
  params: z.object({ entryId: pathId, hostKeyId: pathId }),
  result: message,
  errors: ['forbidden', 'not_found'],
});

export const scanHostKeys = operation({
  id: 'entry.host-keys.scan',
  method: 'POST',
  path: '/api/entry/:entryId/host-keys/scan',
  summary: 'The host keys that the server offers now; pins nothing',
  access: { kind: 'bearer', scope: 'connections:open' },
  params,
  result: z.object({ keys: z.array(hostKeyFactsSchema) }),
  errors: [
    'forbidden',
    'not_found',
    'destination_denied',
    'login_failed',
    'credential_required',
    'link_suspended',
    'host_key_unknown',
    'host_key_changed',
  ],
});
