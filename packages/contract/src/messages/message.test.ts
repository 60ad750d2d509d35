import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { line, wholeNumber } from '../fields.ts';
import { coded, codedFields } from './answer-fields.ts';
import { faultOf, faultOfMissing } from './faults.ts';
import { inEnglish, inWords, messageCodes, messageRow, say } from './message.ts';

const placeholdersOf = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

test.each(messageCodes)('the sentence of %s has its parameters and no others', (code) => {
  const { en, params = {} } = messageRow(code);
  expect([...new Set(placeholdersOf(en))].sort()).toEqual(Object.keys(params).sort());
});

test('no sentence has two codes', () => {
  const sentences = messageCodes.map((code) => messageRow(code).en);
  expect(new Set(sentences).size).toBe(sentences.length);
});

describe('a message in English', () => {
  test('has its parameters in their places', () => {
    expect(inEnglish(say('username_taken', { username: 'a$&{{b}}' }))).toBe('The username a$&{{b}} is taken.');
    expect(inEnglish(say('method_not_allowed', { methods: ['GET', 'PUT'] }))).toBe(
      'Method not allowed; allowed methods: GET, PUT.',
    );
  });

  test('has other messages within it', () => {
    const what = [say('lacks_username'), say('lacks_key')];
    expect(inEnglish(say('identity_lacks', { identity: 'x', what }))).toBe(
      'The identity “x” lacks a username and a private key.',
    );
    const reasons = [say('key_locked'), say('key_too_weak')];
    expect(inEnglish(say('key_unusable', { reasons }))).toBe(
      'The private key cannot be used. The key is encrypted and needs its passphrase. The RSA key is shorter than 2048 bits. Replace it.',
    );
  });
});

test('a message of another version that cannot be worded whole is not worded', () => {
  const wording = {
    sentenceOf: (code: string) => (code === 'known' ? '{{name}} is {{what}}.' : undefined),
    and: ' & ',
  };
  expect(inWords(wording, { code: 'known', params: { name: 'x', what: 'y' } })).toBe('x is y.');
  expect(inWords(wording, { code: 'known', params: { name: 'x' } })).toBeUndefined();
  expect(inWords(wording, { code: 'known', params: { name: 'x', what: { code: 'unknown' } } })).toBeUndefined();
  expect(inWords(wording, { code: 'known', params: { name: 'x', what: { a: 1 } } })).toBeUndefined();
  expect(inWords(wording, { code: 'toString' })).toBeUndefined();
});

describe('the fields of an answer', () => {
  const schema = z.object({ message: z.string(), ...coded('message') });

  test('hold the sentence, its code and its parameters', () => {
    const fields = codedFields('message', say('key_unusable', { reasons: [say('key_locked')] }));
    expect(fields).toEqual({
      message: 'The private key cannot be used. The key is encrypted and needs its passphrase.',
      messageCode: 'key_unusable',
      messageParams: { reasons: [{ code: 'key_locked', params: {} }] },
    });
    expect(schema.parse(fields)).toEqual(fields);
    expect(codedFields('message', say('key_locked'))).not.toHaveProperty('messageParams');
  });

  test('are read without a code that this version does not know', () => {
    expect(schema.parse({ message: 'New.', messageCode: 'of_tomorrow', messageParams: { at: { hour: 1 } } })).toEqual({
      message: 'New.',
    });
  });
});

describe('the fault of a field', () => {
  const schema = z.strictObject({
    name: line(3, 5),
    port: wholeNumber(1, 9),
    kind: z.enum(['a', 'b']),
    only: z.literal('x'),
    text: z.string().min(2).max(4),
    list: z.array(z.int()).min(1).max(2),
    mail: z.email(),
  });

  test.each([
    ['name', 'ab', say('too_few_characters', { least: 3 })],
    ['name', 'abcdef', say('too_many_characters', { most: 5 })],
    ['name', 7, say('type_wrong', { expected: 'string', received: 'number' })],
    ['name', undefined, say('value_missing', { expected: 'string' })],
    ['port', undefined, say('value_missing', { expected: 'number' })],
    ['port', 'x', say('not_whole_within', { least: 1, most: 9 })],
    ['kind', undefined, say('value_missing', { expected: 'string' })],
    ['only', undefined, say('value_missing', { expected: 'string' })],
    ['kind', 'c', say('option_unknown', { options: '"a", "b"' })],
    ['only', 'y', say('value_wrong', { expected: '"x"' })],
    ['text', 'a', say('too_few_characters', { least: 2 })],
    ['text', 'abcde', say('too_many_characters', { most: 4 })],
    ['list', [], say('list_too_short', { least: 1 })],
    ['list', [1, 2, 3], say('list_too_long', { most: 2 })],
    ['mail', 'x', say('other_fault', { fault: 'Invalid email address' })],
  ])('of %s: %j has a code, and words of our own', (field, value, message) => {
    const good = { name: 'abc', port: 1, kind: 'a', only: 'x', text: 'abc', list: [1], mail: 'a@example.org' };
    const [issue] = schema.safeParse({ ...good, [field]: value }, { error: faultOfMissing }).error?.issues ?? [];
    if (issue === undefined) throw new Error('the schema took it');
    expect(faultOf(issue)).toEqual(message);
    if (message.code !== 'other_fault') expect(inEnglish(message)).not.toMatch(/^[A-Z]|undefined/);
  });
});
