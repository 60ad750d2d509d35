import { z } from 'zod';
import {
  accessProblems,
  bodyProblems,
  idempotencyProblems,
  takesIdempotencyKey,
  universalProblems,
  type Operation,
} from './operation.ts';
import {
  requestHeaders,
  responseHeaders,
  waitingHeaders,
  type RequestHeader,
  type ResponseHeader,
} from './header-fields.ts';
import { hoistDefinitions, schemaOf, type Json } from './json-schema.ts';
import { messageTable } from './messages/table.ts';
import { problemSchema } from './problem.ts';
import { problemStatus } from './problem-status.ts';

/**
 * The whole contract as OpenAPI 3.1, created from the schemas that validate. It contains the documented singular paths; one sentence of the
 * description explains the plural aliases.
 */
export function openApiDocument(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Json> = {};
  const schemas: Json = {};
  const failures: Json = {};
  schemas['Problem'] = hoistDefinitions(schemaOf(problemSchema, 'output'), 'Problem', schemas);
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    const description = hoistDefinitions(describe(operation, failures), operation.id, schemas);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: description };
  }
  schemas['MessageCode'] = { ...(schemas['MessageCode'] as Json), 'x-messages': messageTable };
  return {
    openapi: '3.1.0',
    info: { title: 'Gatehouse', version, license: { name: 'MIT', identifier: 'MIT' }, description: introduction },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A session token of POST /api/auth/login, or an API key',
        },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-gatehouse',
          description:
            'A session of POST /api/auth/cookie, for pages of this server. Over plain HTTP the cookie is called `gatehouse`.',
        },
      },
      parameters: parameterComponents,
      headers: headerComponents,
      responses: failures,
      schemas,
    },
  };
}

const idempotencyKeySchema: Json = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' };

const parameterComponents = Object.fromEntries(
  Object.entries(requestHeaders).map(([name, description]) => [
    name,
    {
      name,
      in: 'header',
      required: false,
      description,
      schema: name === 'Idempotency-Key' ? idempotencyKeySchema : { type: 'string' },
    },
  ]),
);

const inNumbers: ReadonlySet<string> = new Set(waitingHeaders);

const headerComponents = Object.fromEntries(
  Object.entries(responseHeaders).map(([name, description]) => [
    name,
    { description, schema: { type: inNumbers.has(name) ? 'integer' : 'string' } },
  ]),
);

const introduction = [
  'Log in to servers with identities that are kept in a vault and never shown.',
  'Every path accepts the plural spelling of identity, entry, folder, organization, account and session as well, and a trailing slash.',
  'Every failure answers with the schema Problem; switch on its `error`.',
  'The WebSockets are described in `/api/asyncapi.json` (AsyncAPI 3.0).',
  'Beside a sentence for a person stand its code and parameters (`messageCode` and `messageParams` beside `message`), for clients that speak another language: the schema MessageCode lists all codes, in `x-messages` with their English sentences and what stands for each `{{placeholder}}`.',
].join('\n\n');

function tagOf({ id }: Operation): string {
  return id.split('.', 1)[0] ?? id;
}

function describe(operation: Operation, shared: Json): Json {
  const { access } = operation;
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    tags: [tagOf(operation)],
    security:
      access.kind === 'none' ? [] : [{ bearer: access.kind === 'bearer' ? [access.scope] : [] }, { cookie: [] }],
    parameters: [
      ...parameters('path', operation.params),
      ...parameters('query', operation.query),
      ...headerParameters(operation),
    ],
    ...(operation.body instanceof z.ZodUndefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: schemaOf(operation.body, 'input'),
                ...(operation.example !== undefined && { example: operation.example }),
              },
            },
          },
        }),
    responses: responses(operation, shared),
  };
}

function parameters(place: 'path' | 'query', schema: z.ZodType): Json[] {
  if (schema instanceof z.ZodUndefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function headerParameters(operation: Operation): Json[] {
  const names: RequestHeader[] = [
    ...(takesIdempotencyKey(operation) ? ['Idempotency-Key' as const] : []),
    ...(operation.headers?.reads ?? []),
  ];
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

function headers(names: readonly ResponseHeader[]): Json {
  const all: readonly ResponseHeader[] = ['X-Request-Id', ...names];
  return { headers: Object.fromEntries(all.map((name) => [name, { $ref: `#/components/headers/${name}` }])) };
}

/** The responses of an operation; those of failures are added to `shared`, because many operations have the same. */
function responses(operation: Operation, shared: Json): Json {
  const { reads = [], sends = [] } = operation.headers ?? {};
  const problems = [
    ...universalProblems,
    ...bodyProblems(operation.method),
    ...accessProblems(operation.access),
    ...idempotencyProblems(operation),
    ...operation.errors,
  ];
  const byStatus = Map.groupBy([...new Set(problems)].sort(), (code) => problemStatus[code]);
  const failures = [...byStatus].map(([status, codes]) => {
    const name = codes.join('.');
    shared[name] ??= {
      description: codes.join(', '),
      ...headers(status === 429 || status === 503 ? waitingHeaders : []),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
    return [status, { $ref: `#/components/responses/${name}` }];
  });
  const [mediaType = ''] = (operation.mediaType ?? 'application/json').split(';');
  const success = {
    description: 'Success',
    ...headers([...sends, ...(takesIdempotencyKey(operation) ? ['Idempotency-Replayed' as const] : [])]),
    content: { [mediaType]: { schema: schemaOf(operation.result, 'output') } },
  };
  const notModified = reads.includes('If-None-Match')
    ? { 304: { description: 'The client has this answer already', ...headers(['ETag']) } }
    : {};
  return { [operation.status]: success, ...notModified, ...(Object.fromEntries(failures) as Json) };
}
