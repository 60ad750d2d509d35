import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messageCodes, messageRow } from './message.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/messages.md'), 'utf8');

/** The cells of each row of the table, without the marks of Markdown. */
const rows = page
  .split('\n')
  .filter((row) => row.startsWith('| `'))
  .map((row) => row.split(/(?<!\\)\|/).slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim().replace(/\\(.)/g, '$1')));

test('docs/messages.md lists every message as the table has it', () => {
  const expected = messageCodes.map((code) => {
    const { en, error, params = {} } = messageRow(code);
    const kinds = Object.entries(params).map(([name, kind]) => `\`${name}\` ${kind}`);
    return [`\`${code}\``, error === undefined ? '' : `\`${error}\``, en, kinds.join(', ')];
  });
  expect(rows).toEqual(expected);
});
