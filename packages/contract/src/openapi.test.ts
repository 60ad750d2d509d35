import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { messageCodes } from './messages/message.ts';
import { operation } from './operation.ts';
import { openApiDocument } from './openapi.ts';
import { resolved } from './testdata/resolved.ts';
import { operations } from './operations.ts';

test('refers only to what is in the document', () => {
  const document = openApiDocument(operations, '1.0.0');
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]*)"/g)].map(([, pointer = '']) => pointer);

  expect(references).toContain('/components/schemas/Problem');
  for (const pointer of new Set(references)) {
    let target: unknown = document;
    for (const name of pointer.split('/').slice(1)) target = (target as Record<string, unknown>)[name];
    expect(target, pointer).toBeTypeOf('object');
  }
});

const rateLimit = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

interface Described {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { readonly content: Record<string, { schema: Record<string, unknown>; example?: unknown }> };
  readonly responses: Readonly<
    Record<string, { description: string; headers: Record<string, object>; content?: Record<string, object> }>
  >;
}

/** An operation as the document describes it. */
function described(id: string): Described {
  const document = openApiDocument(operations, '1.0.0') as { paths: Record<string, Record<string, Described>> };
  const found = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return resolved(document, found) as Described;
}

describe('the document', () => {
  const { openapi, info, paths, tags } = openApiDocument(operations, '1.2.3') as Record<string, never> & {
    paths: Record<string, Record<string, Described>>;
  };

  test('is OpenAPI 3.1 of this version', () => {
    expect(openapi).toBe('3.1.0');
    expect(info).toMatchObject({ title: 'Gatehouse', version: '1.2.3' });
  });

  test('describes each operation once, at its path and method', () => {
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    const wanted = operations.map(
      ({ id, method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')} ${id}`,
    );
    expect(found.toSorted()).toEqual(wanted.toSorted());
  });

  test('names a tag for each resource, once', () => {
    const resources = [...new Set(operations.map(({ id }) => id.split('.')[0]))];
    expect(tags).toEqual(resources.map((name) => ({ name })));
  });

  test('names each name of a path as a required parameter', () => {
    for (const [path, methods] of Object.entries(paths))
      for (const { operationId, parameters } of Object.values(methods)) {
        const required = parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect(required.map(({ name }) => name).toSorted(), operationId).toEqual(names.toSorted());
      }
  });
});

test('lists every message code once, with its sentence and its parameters', () => {
  const { components } = openApiDocument(operations, '1.0.0') as unknown as {
    components: { schemas: Record<string, { enum?: readonly string[]; 'x-messages'?: object }> };
  };
  const { MessageCode } = components.schemas;
  expect(MessageCode?.enum).toEqual(messageCodes);
  expect(MessageCode?.['x-messages']).toMatchObject({
    username_taken: { error: 'conflict', en: 'The username {{username}} is taken.', params: { username: 'text' } },
  });
  expect(Object.keys(components.schemas).filter((name) => name.includes('Message'))).toEqual([
    'MessageCode',
    'MessageParams',
  ]);
});

describe('an operation', () => {
  test('that takes a sign-in or an API key says so, with the scope', () => {
    expect(described('identities.create').security).toEqual([{ bearer: ['identities:write'] }, { cookie: [] }]);
    expect(described('session.list').security).toEqual([{ bearer: [] }, { cookie: [] }]);
    expect(described('auth.login').security).toEqual([]);
  });

  test('that changes something for a caller takes an Idempotency-Key', () => {
    const headers = (id: string) =>
      described(id)
        .parameters.filter((parameter) => parameter.in === 'header')
        .map(({ name }) => name);
    expect(headers('identities.create')).toEqual(['Idempotency-Key', 'Prefer']);
    expect(headers('folder.create')).toEqual(['Idempotency-Key']);
    expect(headers('identities.list')).toEqual(['If-None-Match']);
    expect(headers('identities.update')).toEqual(['Idempotency-Key', 'If-Match', 'Prefer']);
    expect(headers('auth.login')).toEqual([]);
  });

  test('has a body where it takes one', () => {
    expect(described('identities.delete')).not.toHaveProperty('requestBody');
    expect(described('identities.create').requestBody?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['name', 'type'],
      additionalProperties: false,
      properties: { name: { minLength: 3, maxLength: 255 }, password: { writeOnly: true } },
    });
  });

  test('tells every problem that it can answer, by its status', () => {
    const { responses } = described('identities.create');
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '400', '401', '403', '409', '500']));
    expect(responses['403']?.description).toBe('forbidden, insufficient_scope');
    expect(responses['409']?.description).toBe('conflict, quota_exceeded');
    expect(described('auth.login').responses['401']?.description).toBe('invalid_credentials');
  });

  test('names its status and its media type of success', () => {
    expect(described('organization.create').responses).toHaveProperty('201');
    expect(Object.keys(described('audit.export').responses['200']?.content ?? {})).toEqual(['application/x-ndjson']);
  });
});

test('header fields of answers are described where they are sent', () => {
  const headers = (id: string, status: number) => Object.keys(described(id).responses[status]?.headers ?? {});
  expect(headers('identities.list', 200)).toEqual(['X-Request-Id', 'ETag', 'Link']);
  expect(headers('identities.list', 304)).toEqual(['X-Request-Id', 'ETag']);
  expect(described('identities.list').responses[304]).not.toHaveProperty('content');
  expect(headers('identities.update', 200)).toEqual([
    'X-Request-Id',
    'ETag',
    'Preference-Applied',
    'Idempotency-Replayed',
  ]);
  expect(headers('auth.login', 429)).toEqual(['X-Request-Id', 'Retry-After', ...rateLimit]);
  expect(described('folder.create').responses).not.toHaveProperty('304');
});

test('ids in paths are integers', () => {
  const [identityId] = described('identities.get').parameters;
  expect(identityId).toMatchObject({ name: 'identityId', in: 'path', schema: { type: 'integer', minimum: 1 } });
});

test('the things of the API have names, and none has that of another', () => {
  const { components } = openApiDocument(operations, '1.0.0') as { components: { schemas: object } };
  const names = Object.keys(components.schemas);
  expect(names).toEqual(
    expect.arrayContaining(['Account', 'Entry', 'FolderNode', 'Identity', 'Organization', 'Session']),
  );
  expect(names.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
  const other = operation({
    id: 'other.get',
    method: 'GET',
    path: '/api/other',
    summary: 'Another',
    access: { kind: 'none' },
    result: z.array(z.object({ b: z.string() }).meta({ id: 'Problem' })),
  });
  expect(() => openApiDocument([other], '1.0.0')).toThrow('two schemas have the name Problem');
});

test('examples are what the operation takes', () => {
  const shown = operations.filter(({ example }) => example !== undefined);
  expect(shown.length).toBeGreaterThan(10);
  for (const { id, body, example } of shown) {
    expect(body.safeParse(example), id).toMatchObject({ success: true });
    expect(described(id).requestBody?.content['application/json']?.example, id).toEqual(example);
  }
});

test('a schema that holds itself stands where the document can find it', () => {
  const node = z.object({
    name: z.string(),
    get children() {
      return z.array(node);
    },
  });
  const list = operation({
    id: 'node.list',
    method: 'GET',
    path: '/api/node',
    summary: 'Nodes',
    access: { kind: 'none' },
    result: z.object({ roots: z.array(node) }),
  });
  const { components } = openApiDocument([list], '1.0.0') as { components: { schemas: Record<string, unknown> } };
  expect(components.schemas['node.list.1']).toMatchObject({
    properties: { children: { items: { $ref: '#/components/schemas/node.list.1' } } },
  });
});
