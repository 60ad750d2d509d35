import { ApiError } from '@gatehouse/contract/client';
import { createEntry } from '@gatehouse/contract/entries';
import { createIdentity } from '@gatehouse/contract/identities';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { hookOf } from '../../test/rendering/rendered.tsx';
import { showFieldErrors, useContractForm } from './form.ts';

interface Values extends Record<string, unknown> {
  name: string;
  config: { ip: string; port: string };
}

const schema = z.strictObject({
  name: z.string().min(3, 'must have at least 3 characters'),
  config: z.strictObject({
    ip: z.string().min(1, 'must not be empty'),
    port: z.string().regex(/^\d+$/, 'must be a whole number'),
  }),
});

function formOf(initialValues: Values, bodyOf: (values: Values) => unknown = (values) => values) {
  return hookOf(() => useContractForm<Values>({ initialValues, schema, bodyOf }));
}

const whole: Values = { name: 'web', config: { ip: '10.0.0.1', port: '22' } };

describe('a form of the contract', () => {
  test('has nothing against what the server would take', () => {
    expect(formOf(whole).validate()).toEqual({ hasErrors: false, errors: {} });
  });

  test('says at each field what the server would say there', () => {
    const { errors } = formOf({ name: 'w', config: { ip: '', port: 'ssh' } }).validate();
    expect(errors).toEqual({
      name: 'must have at least 3 characters',
      'config.ip': 'must not be empty',
      'config.port': 'must be a whole number',
    });
  });

  test('judges what is sent, not what is typed', () => {
    const trimmed = formOf({ ...whole, name: '  a  ' }, (values) => ({ ...values, name: values.name.trim() }));
    expect(trimmed.validate().errors).toHaveProperty('name');
    const filled = formOf({ ...whole, name: '' }, (values) => ({ ...values, name: values.config.ip }));
    expect(filled.validate().hasErrors).toBe(false);
  });

  test.each([
    ['an identity without a name', createIdentity.body, { name: '', type: 'ssh', sshKey: 'K' }, ['name']],
    [
      'a key and a generated one',
      createIdentity.body,
      { name: 'abc', type: 'ssh', sshKey: 'K', generatedKey: 'x'.repeat(43) },
      ['generatedKey'],
    ],
    [
      'a server without an address',
      createEntry.body,
      { name: 'web', config: { protocol: 'ssh', ip: '', port: '22' } },
      ['config.ip'],
    ],
    [
      'a server with port 0',
      createEntry.body,
      { name: 'web', config: { protocol: 'ssh', ip: 'web', port: '0' } },
      ['config.port'],
    ],
  ])('complains of %s at a field that the form has', (_, contract, body, paths) => {
    const form = hookOf(() => useContractForm({ initialValues: body, schema: contract, bodyOf: (values) => values }));
    expect(Object.keys(form.validate().errors)).toEqual(paths);
  });
});

describe('what the server refused', () => {
  /** Fields of the page by their names, in its order; one can be asked which comes first, and for the keyboard. */
  const inPage = ['name', 'config.ip', 'config.port'];
  const focused: string[] = [];
  beforeEach(() => {
    const nodeOf = (name: string) => ({
      name,
      focus: () => focused.push(name),
      compareDocumentPosition: (other: { name: string }) => (inPage.indexOf(other.name) > inPage.indexOf(name) ? 4 : 2),
    });
    const nodes = new Map(inPage.map((name) => [name, nodeOf(name)]));
    focused.length = 0;
    vi.stubGlobal('Node', { DOCUMENT_POSITION_FOLLOWING: 4 });
    vi.stubGlobal('document', {
      querySelector: (selector: string) =>
        nodes.get(inPage.find((name) => selector === `[data-path="${name}"]`) ?? '') ?? null,
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('puts the keyboard where the first complaint of the page is, in whatever order they came', () => {
    showFieldErrors(formOf(whole), refused('config.port', 'position', 'config.ip'));
    expect(focused).toEqual(['config.ip']);
    showFieldErrors(formOf(whole), refused('position'));
    expect(focused).toEqual(['config.ip']);
  });

  const refused = (...paths: string[]) =>
    new ApiError({
      code: 400,
      error: 'invalid_request',
      message: 'The request is not right.',
      requestId: 'r-1',
      details: paths.map((path) => ({ path, message: 'is taken' })),
    });

  test.each([
    ['a field', ['name'], true],
    ['a nested field', ['config.port'], true],
    ['two fields', ['name', 'config.ip'], true],
    ['a field and something else', ['name', 'position'], false],
    ['nothing of the form', ['position'], false],
  ])('finds its place where it is about %s', (_, paths, placed) => {
    expect(showFieldErrors(formOf(whole), refused(...paths))).toBe(placed);
  });

  test.each([
    ['a problem without details', refused()],
    ['no answer at all', new TypeError('fetch failed')],
    ['nothing', null],
  ])('of %s something is left to say above the buttons', (_, error) => {
    expect(showFieldErrors(formOf(whole), error)).toBe(false);
  });
});
