import { expect, test } from 'vitest';
import { z } from 'zod';
import { maxBodyBytes, maxOpenBodyBytes, takesIdempotencyKey, type Operation } from './operation.ts';
import { operations } from './operations.ts';
import { problemStatus } from './problem-status.ts';

const byId = operations.map((operation) => [operation.id, operation] as const);

/** The names behind the colons of a path. */
const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Whether two paths can be the same request: a name in one stands for any part of the other. */
function shape({ method, path }: Operation): string {
  return `${method} ${path.replace(/:\w+/g, ':')}`;
}

test('no two operations have the same id', () => {
  const ids = operations.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(60);
  expect(new Set(ids).size).toBe(ids.length);
});

test('no two operations answer the same request', () => {
  const shapes = operations.map(shape);
  expect(shapes.filter((one, index) => shapes.indexOf(one) !== index)).toEqual([]);
});

test.each(byId)('%s has an id of resource and verb, and a summary of one line', (id, { summary }) => {
  expect(id).toMatch(/^[a-zA-Z]+(\.[a-zA-Z]+(-[a-z]+)*){1,2}$/);
  expect(summary).toMatch(/^[A-Z].*[^.]$/);
});

test.each(byId)('%s is under /api or one of the few that are not, without a slash at its end', (_, { path }) => {
  expect(path).toMatch(/^\/(?:(?!.*\/\/)[\w:.-]+(?:\/[\w:.-]+)*)?$/);
});

test.each(byId)('%s takes the parameters that its path names, and no others', (_, { path, params }) => {
  const taken = params instanceof z.ZodObject ? Object.keys(params.shape) : [];
  expect(taken.toSorted()).toEqual(namesIn(path).toSorted());
});

test.each(byId)('%s refuses what is no id in its path', (_, { path, params }) => {
  const nothing: Record<string, string> = Object.fromEntries(namesIn(path).map((name) => [name, '']));
  expect(params.safeParse(namesIn(path).length === 0 ? undefined : nothing).success).toBe(namesIn(path).length === 0);
});

test.each(byId)('%s names problems that exist, each once', (_, { errors }) => {
  expect(new Set(errors).size).toBe(errors.length);
  for (const code of errors) expect(problemStatus[code]).toBeGreaterThanOrEqual(400);
});

test.each(byId.filter(([, { method }]) => method === 'GET'))('%s reads and takes no body', (_, { body }) => {
  expect(body).toBeInstanceOf(z.ZodUndefined);
});

test.each(byId.filter(([, { body }]) => body instanceof z.ZodObject))(
  '%s refuses fields that it does not know',
  (_, { body }) => {
    const parsed = body.safeParse({ 'no such field': 1 });
    expect(parsed.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
  },
);

test('who may call decides how much a body may hold', () => {
  for (const { access } of operations)
    expect(maxBodyBytes(access)).toBe(access.kind === 'none' ? maxOpenBodyBytes : 16 * maxOpenBodyBytes);
});

test('a request can be repeated under its key where a caller changes something', () => {
  for (const operation of operations)
    expect(takesIdempotencyKey(operation)).toBe(operation.method !== 'GET' && operation.access.kind !== 'none');
});

test('what is open to everybody is what there is before a sign-in', () => {
  const open = operations.filter(({ access }) => access.kind === 'none').map(({ id }) => id);
  expect(open).toEqual(
    expect.arrayContaining(['auth.login', 'auth.logout', 'auth.signIn', 'auth.signOut', 'account.register']),
  );
  const areas = new Set(open.map((id) => id.split('.')[0]));
  for (const area of [
    'identities',
    'entry',
    'folder',
    'organization',
    'connection',
    'audit',
    'user',
    'setting',
    'session',
  ])
    expect(areas).not.toContain(area);
});
