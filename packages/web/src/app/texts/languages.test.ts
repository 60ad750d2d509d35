import { describe, expect, test } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';

interface Tree {
  readonly [key: string]: string | Tree;
}

/** Every text by its path. */
function textsOf(tree: Tree, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return typeof value === 'string' ? [[here, value] as const] : textsOf(value, here);
  });
}

const english = textsOf(en);
const german = new Map(textsOf(de));
const parameters = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name ?? '')
    .toSorted()
    .join();
const tags = (text: string) =>
  [...text.matchAll(/<\/?\w+>/g)]
    .map(([tag]) => tag)
    .toSorted()
    .join();

/** Paths of texts for which something does not hold; a failure names them. */
const without = (holds: (text: string, path: string, translated: string) => boolean) =>
  english.filter(([path, text]) => !holds(text, path, german.get(path) ?? '')).map(([path]) => path);

describe('the two languages', () => {
  test('say the same things', () => {
    expect([...german.keys()].toSorted()).toEqual(english.map(([path]) => path).toSorted());
    expect(english.length).toBeGreaterThan(500);
  });

  test('name the same parameters in each', () => {
    expect(without((text, _, translated) => parameters(text) === parameters(translated))).toEqual([]);
  });

  test('mark the same parts of a sentence', () => {
    expect(without((text, _, translated) => tags(text) === tags(translated))).toEqual([]);
  });

  test('leave nothing empty', () => {
    const isWhole = (text: string) => text.trim() !== '';
    expect(without((text, _, translated) => isWhole(text) && isWhole(translated))).toEqual([]);
  });

  test('end a sentence in one language where they end it in the other', () => {
    const ending = (text: string) => /[.?!…:]$/.exec(text)?.[0] ?? '';
    expect(without((text, _, translated) => ending(text) === ending(translated))).toEqual([]);
  });

  test('have no bracket of a template that is not closed', () => {
    const isClosed = (text: string) => !/[{}]/.test(text.replaceAll(/\{\{\w+\}\}/g, ''));
    expect(without((text, _, translated) => isClosed(text) && isClosed(translated))).toEqual([]);
  });
});

describe('a text with a number', () => {
  const paths = new Set(english.map(([path]) => path));
  const plurals = [...paths].filter((path) => path.endsWith('_other')).map((path) => path.slice(0, -'_other'.length));

  test('has a form for one and one for several, and none without a number beside them', () => {
    expect(plurals.filter((path) => !paths.has(`${path}_one`))).toEqual([]);
    expect([...paths].filter((path) => path.endsWith('_one') && !paths.has(path.replace(/_one$/, '_other')))).toEqual(
      [],
    );
    expect(plurals.filter((path) => paths.has(path))).toEqual([]);
    expect(plurals.length).toBeGreaterThan(20);
  });

  test('says it where there are several', () => {
    const silent = plurals.filter(
      (path) =>
        !parameters(german.get(`${path}_other`) ?? '')
          .split(',')
          .includes('count'),
    );
    const loud = plurals.filter((path) =>
      parameters(new Map(english).get(`${path}_other`) ?? '')
        .split(',')
        .includes('count'),
    );
    expect(silent.filter((path) => loud.includes(path))).toEqual([]);
  });
});
