import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageCodes, messageRow, type MessageCode } from '@gatehouse/contract/messages/message';
import { describe, expect, test } from 'vitest';
import { learnMessages, meaningOf, worded } from '../../../lib/messages.ts';
import { de } from './de.ts';
import { settings } from './de/settings.ts';
import { en } from './en.ts';

const parametersOf = (sentence: string) =>
  [...new Set([...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))].sort();

/** Where what was expected of a field is of no use to a person. */
const terse = new Set<MessageCode>(['value_missing', 'type_wrong', 'other_fault']);

test.each(messageCodes)('%s says what it speaks of in both languages', (code) => {
  const parameters = Object.keys(messageRow(code).params ?? {}).sort();
  for (const sentence of [de[code], en[code]])
    if (terse.has(code)) expect(parameters).toEqual(expect.arrayContaining(parametersOf(sentence)));
    else expect(parametersOf(sentence)).toEqual(parameters);
});

test('words a sentence by its code, with what is said within it', () => {
  learnMessages({ sentences: de, and: ' und ' });
  const said = {
    message: 'The identity “x” lacks a username and a private key.',
    messageCode: 'identity_lacks',
    messageParams: { identity: 'x', what: [{ code: 'lacks_username' }, { code: 'lacks_key' }] },
  };
  expect(worded(said, 'message')).toBe('Der Identität „x“ fehlt ein Benutzername und ein privater Schlüssel.');
});

test('keeps the sentence of a server that says what this page does not know', () => {
  learnMessages({ sentences: de, and: ' und ' });
  expect(worded({ hint: 'The moon is out.', hintCode: 'moon_out' }, 'hint')).toBe('The moon is out.');
  expect(worded({ hint: 'The moon is out.' }, 'hint')).toBe('The moon is out.');
  expect(worded({ hint: 'Taken.', hintCode: 'username_taken', hintParams: {} }, 'hint')).toBe('Taken.');
});

describe('the meaning of a setting', () => {
  // docs/configuration.md lists the settings that the server has; a test of the server compares the two.
  const page = readFileSync(join(import.meta.dirname, '../../../../../../docs/configuration.md'), 'utf8');
  const names = [...page.matchAll(/^\| `([A-Z][A-Z_]+)` /gm)].map(([, name]) => name);

  test('has German for every setting and no other', () => {
    expect(names.length).toBeGreaterThan(40);
    expect(Object.keys(settings).toSorted()).toEqual(names.toSorted());
  });

  test('is that of the page, or the one of the server for a setting of another version', () => {
    learnMessages({ sentences: de, and: ' und ', settings });
    expect(meaningOf({ name: 'PORT', meaning: 'Port to listen on' })).toBe(settings['PORT']);
    expect(meaningOf({ name: 'MOON', meaning: 'Phase of the moon' })).toBe('Phase of the moon');
    learnMessages({ sentences: en, and: ' and ' });
    expect(meaningOf({ name: 'PORT', meaning: 'Port to listen on' })).toBe('Port to listen on');
  });
});
