import { openApiDocument } from '@gatehouse/contract/openapi';
import { operations } from '@gatehouse/contract/operations';
import { resolved } from '@gatehouse/contract/testdata/resolved';
import { expect, test } from 'vitest';

/** Names of fields that could carry a secret; `hasPassword` and `passwordSetAt` only say whether there is one, and since when. */
const secretName = /pass(word|phrase|wd)?|secret|token|private|credential|ssh_?key|ticket|handle|seed|cookie/i;
const saysWhether = /^(has|is)[A-Z]|SetAt$/;

/** What is given out once, when it is made, and is no stored secret: who asked may have it. */
const givenOnce: Readonly<Record<string, readonly string[]>> = {
  'auth.login': ['token'],
  'apiKey.create': ['token'],
  'connection.open': ['ticket'],
  'connection.rejoin': ['ticket'],
  'connection.stream': ['ticket'],
  'identities.generateKey': ['handle'],
};

/** What is said about stored secrets: how many opened, and the rows of those that do not fit. */
const saidAbout: Readonly<Record<string, readonly string[]>> = { 'service.verify': ['secrets'] };

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The names of all properties anywhere in a JSON schema. */
function propertyNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as Schema;
  const own = typeof properties === 'object' ? Object.keys(properties) : [];
  return [...own, ...Object.values(schema).flatMap(propertyNames)];
}

const document = openApiDocument(operations, '0');
const { paths } = resolved(document, { paths: document['paths'] }) as {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
};
const described = Object.values(paths).flatMap((methods) => Object.values(methods));

test('the walk sees names at every depth', () => {
  const schema = { anyOf: [{ items: { properties: { key: { properties: { deep: {} } } } } }] };
  expect(propertyNames(schema)).toEqual(['key', 'deep']);
  expect(described).toHaveLength(operations.length);
});

test.each(described)('no answer of $operationId has a field for a secret', ({ operationId, responses }) => {
  const suspicious = propertyNames(responses).filter((name) => secretName.test(name) && !saysWhether.test(name));
  expect(new Set(suspicious)).toEqual(new Set(givenOnce[operationId] ?? saidAbout[operationId] ?? []));
});

test('nothing that takes a secret in describes it as readable', () => {
  const readable: string[] = [];
  const walk = (at: string, schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [name, value] of Object.entries((schema as Schema).properties ?? {}))
      if (['password', 'sshKey', 'passphrase'].includes(name) && !JSON.stringify(value).includes('writeOnly'))
        readable.push(`${at}.${name}`);
    for (const value of Object.values(schema)) walk(at, value);
  };
  for (const operation of described)
    if (operation.operationId.startsWith('identities.')) walk(operation.operationId, operation);
  expect(readable).toEqual([]);
});
