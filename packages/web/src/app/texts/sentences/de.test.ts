import { register } from '@gatehouse/contract/accounts';
import { createEntry } from '@gatehouse/contract/entries';
import { beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { inWords, learnSentences } from '../../../lib/sentences.ts';
import { de } from './de.ts';

beforeEach(() => {
  learnSentences(de);
});

function faultsOf(schema: z.ZodType, body: unknown): Record<string, string> {
  const issues = schema.safeParse(body).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), inWords(message)]));
}

test('says what is wrong with a field as the contract finds it', () => {
  expect(faultsOf(register.body, { username: 'ad', firstName: '', lastName: 'x'.repeat(101), password: '' })).toEqual({
    username: '3 bis 32 Buchstaben, Ziffern, Punkte, Unterstriche oder Bindestriche.',
    firstName: 'Fehlt.',
    lastName: 'Höchstens 100 Zeichen.',
    password: 'Fehlt.',
  });
  expect(faultsOf(createEntry.body, { name: 'a\u0007', config: { ip: 'a b', port: '0' } })).toEqual({
    name: 'Enthält Zeichen, die man nicht sehen kann.',
    'config.ip': 'Ein Hostname oder eine Adresse, ohne Benutzername und Port.',
    'config.port': 'Mindestens 1.',
  });
});

test('keeps what a sentence tells of, and says the sentence within it too', () => {
  expect(inWords('The username $& is taken.')).toBe('Der Benutzername $& ist vergeben.');
  expect(inWords('Connecting to db-1 port 22 failed: the server closed the connection.')).toBe(
    'Die Verbindung zu db-1 Port 22 ist gescheitert: der Server hat die Verbindung geschlossen.',
  );
  expect(inWords('The request is not valid: must have at least 8 characters')).toBe(
    'Die Anfrage ist nicht gültig: Mindestens 8 Zeichen.',
  );
  expect(inWords('The identity “x” lacks a username and a private key.')).toBe(
    'Der Identität „x“ fehlen ein Benutzername und ein privater Schlüssel.',
  );
});

test('leaves what it does not know, and what is too long to be a sentence of the server', () => {
  expect(inWords('The moon is out.')).toBe('The moon is out.');
  const long = `The username ${'x'.repeat(2_000)} is taken.`;
  expect(inWords(long)).toBe(long);
});
