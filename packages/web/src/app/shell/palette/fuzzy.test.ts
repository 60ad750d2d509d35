import { expect, test } from 'vitest';
import { matchScore, wordsOf } from './fuzzy.ts';

const names = ['web-1', 'web-2', 'db-primary', 'backup runner', 'old web', 'cobweb', 'wide area edge box', 'prod db'];

function found(typed: string): string[] {
  return names
    .map((name) => ({ name, score: matchScore(wordsOf(typed), name) }))
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ name }) => name);
}

test('puts what begins with the word before what holds it', () => {
  expect(found('web')).toEqual(['web-1', 'web-2', 'old web', 'cobweb']);
});

test('finds letters in their order where they are near one another', () => {
  expect(found('dbprim')).toEqual(['db-primary']);
  expect(found('bkup')).toEqual(['backup runner']);
});

test('asks for every word, in any order', () => {
  expect(found('db prod')).toEqual(['prod db']);
  expect(found('db nothing')).toEqual([]);
});

test('puts the one of ten thousand first that is meant', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `server-${index} rack ${index % 40} berlin`);
  const words = wordsOf('ber 9999');
  const scores = many.map((name) => matchScore(words, name) ?? 0);
  expect(many[scores.indexOf(Math.max(...scores))]).toBe('server-9999 rack 39 berlin');
});
