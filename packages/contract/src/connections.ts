import { z } from 'zod';
import { fault } from './messages/faults.ts';
import { verbatim } from './credential-parts/part.ts';
import { fieldsOfParts } from './credential-parts/parts.ts';
import { commandOutputSchema, outputEncodings } from './command-output.ts';
import { id, line, message, pageLimit, pathId, timestamp, wholeNumber } from './fields.ts';
import { loginDestinationSchema } from './login-destination.ts';
import { operation } from './operation.ts';
import { stepSchema } from './problem.ts';
import { terminalSize } from './terminal-frames.ts';

/** The most bytes of a command line, and of its standard input. */
const maxCommandBytes = 64 * 1024;

/** The credential for one login instead of a stored identity. It is not stored. */
export const directIdentitySchema = z
  .strictObject({
    username: line(1, 255),
    ...fieldsOfParts('direct'),
  })
  .meta({ id: 'DirectIdentity' });

/** The kinds of sessions that this version opens. */
export const sessionTypes = ['terminal', 'exec'] as const;
type SessionType = (typeof sessionTypes)[number];

/** The kind of a session, or `unknown` if another version opened it. */
export function sessionKindOf(type: string): SessionType | 'unknown' {
  return sessionTypes.find((known) => known === type) ?? 'unknown';
}

/** A session: one use of an entry by an account, live or ended. `endedAt` is null while it is live. */
export const sessionSchema = z
  .object({
    id: z.int(),
    accountId: z.int(),
    username: z.string().meta({ description: 'Of the account' }),
    organizationId: z.int().nullable(),
    entryId: z.int().nullable(),
    entryName: z.string(),
    identityId: z.int().nullable(),
    type: z
      .string()
      .meta({ description: '`terminal` or `exec`. Take any other, of another version, for an unknown kind' }),
    status: z.enum(['connecting', 'open', 'ended', 'failed']),
    reason: z.string().nullable(),
    steps: z.array(stepSchema),
    exitCode: z.int().nullable(),
    exitSignal: z.string().nullable(),
    startedAt: timestamp,
    endedAt: timestamp.nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof sessionSchema>;

const ticketSchema = z
  .object({
    sessionId: z.int(),
    ticket: z
      .string()
      .meta({ description: 'For the subprotocol `ticket.<ticket>` of the WebSocket; once, within 30 seconds' }),
    expiresAt: timestamp,
  })
  .meta({ id: 'Ticket' });

const params = z.object({ sessionId: pathId });
const entryParams = z.object({ entryId: pathId });

export const openConnection = operation({
  id: 'connection.open',
  method: 'POST',
  path: '/api/connection',
  summary: 'Open a terminal on a server',
  description:
    'Prepares a session and answers with a ticket for the WebSocket /api/ws/session/:sessionId (subprotocols `gatehouse.v1` and `ticket.<ticket>`), which logs in.',
  access: { kind: 'bearer', scope: 'connections:open' },
  body: z.strictObject({
    entryId: id,
    identityId: id.optional(),
    type: z
      .literal('terminal', {
        error: fault('terminals_only'),
      })
      .default('terminal'),
    reason: line(0, 500).optional(),
    directIdentity: directIdentitySchema.optional(),
    destination: line(1, 64).optional().meta({
      description: 'The `tag` that was shown to the person; 409 `conflict` where the entry leads elsewhere now',
    }),
    cols: terminalSize.cols.default(80),
    rows: terminalSize.rows.default(24),
  }),
  status: 201,
  hasOneTimeAnswer: true,
  example: { entryId: 1, type: 'terminal', reason: 'a look at the logs' },
  result: ticketSchema,
  errors: [
    'forbidden',
    'not_found',
    'conflict',
    'link_suspended',
    'credential_required',
    'too_many_requests',
    'unavailable',
  ],
});

export const getDestination = operation({
  id: 'connection.destination',
  method: 'GET',
  path: '/api/connection/:entryId/destination',
  summary: 'Where a login to a server would go, and what of that was changed since yours',
  description: 'To be shown to a person before they type a password. Connects to nothing.',
  access: { kind: 'bearer', scope: 'connections:open' },
  params: entryParams,
  result: loginDestinationSchema,
  errors: ['not_found', 'forbidden', 'conflict', 'credential_required', 'link_suspended'],
});

export const listConnections = operation({
  id: 'connection.list',
  method: 'GET',
  path: '/api/connection',
  summary: 'Sessions on servers: your own, the newest first',
  description:
    'With `organizationId`, the live sessions of its members on its servers or with its identities instead, for who has `org.members.manage` there. They come without their connection logs, and what is on servers of other owners without the server.',
  access: { kind: 'bearer', scope: 'connections:read' },
  query: z.object({
    live: z.enum(['true', 'false']).optional(),
    organizationId: id.optional(),
    limit: pageLimit.default(100),
  }),
  result: z.array(sessionSchema),
  errors: ['not_found'],
});

export const getConnection = operation({
  id: 'connection.get',
  method: 'GET',
  path: '/api/connection/:sessionId',
  summary: 'One session with its connection log',
  access: { kind: 'bearer', scope: 'connections:read' },
  params,
  result: sessionSchema,
  errors: ['not_found'],
});

export const endConnection = operation({
  id: 'connection.end',
  method: 'DELETE',
  path: '/api/connection/:sessionId',
  summary: 'End a live session',
  access: { kind: 'bearer', scope: 'connections:open' },
  params,
  result: message,
  errors: ['not_found'],
});

export const rejoinConnection = operation({
  id: 'connection.rejoin',
  method: 'POST',
  path: '/api/connection/:sessionId/ticket',
  summary: 'A new ticket for a session that lost its WebSocket',
  access: { kind: 'bearer', scope: 'connections:open' },
  params,
  hasOneTimeAnswer: true,
  result: ticketSchema,
  errors: ['not_found'],
});

export const resizeConnection = operation({
  id: 'connection.resize',
  method: 'POST',
  path: '/api/connection/:sessionId/resize',
  summary: 'Change the size of a terminal, in characters',
  access: { kind: 'bearer', scope: 'connections:open' },
  params,
  body: z.strictObject(terminalSize),
  result: message,
  errors: ['not_found'],
});

// A shell would run only the part before a NUL, without an error.
const commandLine = verbatim(1, maxCommandBytes).refine((value) => !value.includes('\0'), fault('contains_nul'));

export const streamCommand = operation({
  id: 'connection.stream',
  method: 'POST',
  path: '/api/connection/:entryId/exec/stream',
  summary: 'Prepare a command whose input and output go over a WebSocket',
  description:
    'Answers with a ticket for the WebSocket /api/ws/session/:sessionId (subprotocols `gatehouse.v1` and `ticket.<ticket>`), which logs in and runs the command, with input and output of any size. The command ends when its client disconnects. It is recorded in the audit log like one of `exec`.',
  access: { kind: 'bearer', scope: 'connections:open' },
  params: entryParams,
  query: z.object({ identityId: id.optional() }),
  body: z.strictObject({
    command: commandLine,
    reason: line(0, 500).optional(),
    directIdentity: directIdentitySchema.optional(),
  }),
  status: 201,
  hasOneTimeAnswer: true,
  result: ticketSchema,
  errors: [
    'forbidden',
    'not_found',
    'conflict',
    'link_suspended',
    'credential_required',
    'too_many_requests',
    'unavailable',
  ],
});

export const executeCommand = operation({
  id: 'connection.exec',
  method: 'POST',
  path: '/api/connection/:entryId/exec',
  summary: 'Run a command on a server',
  description:
    'Logs in, runs the command, and answers when it has ended. Programs that it leaves in the background are not waited for. Output above 1 MiB per stream is cut and marked. Where the command does not end in time (504) or the server reports no exit status (502 `connection_lost`), `output` of the problem has what was printed until then. The command is recorded in the audit log, up to 4 KiB of it: send secrets in `stdin`, which is not.',
  access: { kind: 'bearer', scope: 'connections:open' },
  params: entryParams,
  query: z.object({ identityId: id.optional() }),
  body: z.strictObject({
    command: commandLine,
    stdin: verbatim(0, maxCommandBytes).optional(),
    encoding: z
      .enum(outputEncodings)
      .default('utf8')
      .meta({ description: 'Of `stdin` and of the output. `base64` carries every byte as it is' }),
    timeoutMs: wholeNumber(1, 600_000)
      .default(60_000)
      .meta({ description: 'For the command alone; a login has limits of its own' }),
    reason: line(0, 500).optional(),
    directIdentity: directIdentitySchema.optional(),
  }),
  hasOneTimeAnswer: true,
  example: { command: 'uname -a', timeoutMs: 10_000 },
  result: commandOutputSchema.extend({
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    durationMs: z.number(),
    sessionId: z.int(),
  }),
  errors: [
    'forbidden',
    'not_found',
    'destination_denied',
    'host_key_unknown',
    'host_key_changed',
    'link_suspended',
    'credential_required',
    'secret_unreadable',
    'login_failed',
    'connection_lost',
    'timed_out',
    'conflict',
    'too_many_requests',
    'unavailable',
  ],
});
