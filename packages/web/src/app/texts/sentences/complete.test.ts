import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { inWords, learnSentences } from '../../../lib/sentences.ts';
import { de } from './de.ts';
import { en } from './en.ts';

const packages = join(import.meta.dirname, '../../../../..');

/** `{{}}` stands for what differs. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{{}}${literal.text}`).join('');
}

/** What a setting means: the property, or the second argument of `quota`. */
function meaningsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const meanings: string[] = [];
  const visit = (node: ts.Node): void => {
    const isNamed = ts.isPropertyAssignment(node) && node.name.getText() === 'meaning';
    const isQuota = ts.isCallExpression(node) && node.expression.getText() === 'quota';
    const meaning = isNamed ? node.initializer : isQuota ? node.arguments[1] : undefined;
    const text = meaning && textOf(meaning);
    if (text !== undefined) meanings.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return meanings;
}

const groups = globSync('server/src/kernel/settings/groups/*.ts', { cwd: packages });
const meanings = groups.flatMap((file) => meaningsIn(join(packages, file)));

test('has German for the meaning of every setting', () => {
  learnSentences(de);
  expect(meanings.length).toBeGreaterThan(40);
  expect(meanings.filter((meaning) => inWords(meaning) === meaning)).toEqual([]);
});

test('keeps what a sentence tells of, in both languages', () => {
  const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
  for (const sentences of [de, en])
    for (const [sentence, words] of Object.entries(sentences))
      expect(names(sentence), sentence).toEqual(expect.arrayContaining(names(words)));
});
