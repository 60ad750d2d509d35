import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';
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
