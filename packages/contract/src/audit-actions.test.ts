import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditActions, type AuditActionRow } from './audit-actions.ts';
import { categoryOf, currentAction, renamedActions, renamedFor } from './audit-names.ts';

const documentation = readFileSync(join(import.meta.dirname, '../../../docs/audit-actions.md'), 'utf8');
const listed = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** How an action can end, each with the details that are kept then; what is only refused has none. */
function endsOf({ details }: AuditActionRow): string {
  return Object.entries(details)
    .map(([outcome, schema]) => {
      const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape).filter((name) => name !== 'hidden') : [];
      return fields.length === 0 ? outcome : `${outcome}: ${listed(fields)}`;
    })
    .join('; ');
}

test('docs/audit-actions.md lists every action as the table has it', () => {
  const [, table = ''] = documentation.split(/^## Actions$|^## Older names$/m);
  const rows = [...table.matchAll(/^\| `(?<action>[^`]+\.[^`]+)` .*\|$/gm)].map(([row]) => {
    const [action, , about, ends] = row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return [action, about, ends];
  });
  const expected = Object.entries(auditActions).map(([action, row]) => [
    `\`${action}\``,
    listed([row.resource, ...(row.refusedOn ?? [])]),
    endsOf(row),
  ]);
  expect(rows).toEqual(expected);
});

test('every schema refuses what it does not know', () => {
  for (const [action, { details }] of Object.entries(auditActions))
    for (const [outcome, schema] of Object.entries(details))
      expect(
        schema.safeParse({ unheardOf: 1 }).error?.issues.some(({ code }) => code === 'unrecognized_keys'),
        `${action} ${outcome}`,
      ).toBe(true);
});

test('actions are grouped by what stands before the dot', () => {
  expect(auditActions['host-key.pin'].category).toBe('host-key');
  for (const [action, { category }] of Object.entries(auditActions)) expect(category).toBe(categoryOf(action));
});

describe('a renamed action', () => {
  test('has one new name, which is in the table, and an old one, which is not', () => {
    const names = Object.values(renamedActions);
    expect(new Set(names).size).toBe(names.length);
    for (const [before, now] of Object.entries(renamedActions)) {
      expect(Object.hasOwn(auditActions, now), now).toBe(true);
      expect(Object.hasOwn(auditActions, before), before).toBe(false);
      expect(currentAction(before)).toBe(now);
      expect(currentAction(now)).toBe(now);
    }
    expect(currentAction('backup.make')).toBe('backup.make');
    expect(currentAction('constructor')).toBe('constructor');
  });

  test.each([
    ['key.pin', ['host-key.pin']],
    ['host-key.pin', ['key.pin']],
    ['key.*', Object.values(renamedActions)],
    ['host-key.*', ['key.pin', 'key.remove', 'key.replace']],
    ['*.create', ['key.generate']],
    ['*key.*', []],
    ['*', []],
    ['key', []],
    ['key.p*n', ['host-key.pin']],
    ['key.pin*pin', []],
    ['identity.*', []],
  ])('is found by a filter for %s', (pattern, others) => {
    expect(renamedFor(pattern)).toEqual(others);
  });
});
