import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { inWords, learnSentences } from '../../../lib/sentences.ts';
import { de } from './de.ts';
import { en } from './en.ts';

const packages = join(import.meta.dirname, '../../../../..');

/** What these say is said at the console, or done before a page could be asked for. */
const apart =
  /\.test\.ts$|server\/src\/(main|config|config-file|greeting|start-check)\.ts$|settings\/groups\/server\.ts$|server\/src\/commands\/|\/audit\/start-check\.ts$|\/kernel\/db\/(?!quotas)|\/vault\/boot-check\.ts$|openapi\.ts$|\/routes\.ts$/;

/** What these are given reaches a log or a programmer. */
const unheard = /^([\w.]*log(ger)?\.(debug|info|warn|error)|(Type|Range|Config|Key)?Error|KeyJobTimeout|super)$/;

/** What is written about the API, not said by it. */
const documentation = /^(summary|help|\w*[dD]escription)$/;

/** `{{}}` stands for what differs. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{{}}${literal.text}`).join('');
}

const isUnheard = (node: ts.Node) =>
  ts.isImportDeclaration(node) ||
  ts.isTaggedTemplateExpression(node) ||
  ((ts.isCallExpression(node) || ts.isNewExpression(node)) && unheard.test(node.expression.getText())) ||
  ((ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && documentation.test(node.name.getText()));

/** How the fault of a field begins. */
const fault = /^(must|is|cannot|none of|folders|owns|there is|an? \w+ cannot|one of|the jump hosts|\{\{\}\} is) /;

/** Whether it looks like something that is said to a person: a whole sentence, or what is wrong with a field. */
const isSaid = (text: string) =>
  /^\S+ .*(\.|: \{\{\}\})$/s.test(text) || (fault.test(text) && /^(\S+ ){2,}\S+$/.test(text));

function textsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isUnheard(node)) return;
    const text = textOf(node);
    if (text !== undefined) texts.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

const files = globSync('{server,contract}/src/**/*.ts', { cwd: packages }).filter((file) => !apart.test(file));
const texts = new Set(files.flatMap((file) => textsIn(join(packages, file))));
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
const shapeOf = (sentence: string) => sentence.replace(/\{\{\w+\}\}|\d+/g, '{{}}');

test('has German for everything that the server says', () => {
  learnSentences(de);
  expect([...texts].filter((text) => isSaid(text) && inWords(text) === text)).toEqual([]);
});

test('has German for the meaning of every setting', () => {
  learnSentences(de);
  expect(meanings.length).toBeGreaterThan(40);
  expect(meanings.filter((meaning) => inWords(meaning) === meaning)).toEqual([]);
});

test('has words only for what the server still says', () => {
  const shapes = [...texts, ...meanings].map(shapeOf);
  // A sentence that the server puts together of parts is known by one of them.
  const isStillSaid = (shape: string) =>
    shapes.includes(shape) ||
    shape.split('{{}}').some((part) => part.length > 12 && shapes.some((said) => said.includes(part)));
  const sentences = [...Object.keys(de), ...Object.keys(en)].filter(
    (sentence) => !/^Invalid (input|option): /.test(sentence),
  );
  expect(sentences.filter((sentence) => !isStillSaid(shapeOf(sentence)))).toEqual([]);
});

test('keeps what a sentence tells of, in both languages', () => {
  const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
  for (const sentences of [de, en])
    for (const [sentence, words] of Object.entries(sentences))
      expect(names(sentence), sentence).toEqual(expect.arrayContaining(names(words)));
});
