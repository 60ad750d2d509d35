import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, it } from 'vitest';
import { gatehouse } from './plugin.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });

/** What one message of a rule says where it is found once. */
function faults(code, ...messageIds) {
  return { code, errors: messageIds.map((messageId) => ({ messageId })) };
}

tester.run('documented-exports', gatehouse.rules['documented-exports'], {
  valid: [
    '/** The port that is listened on. */ export const port = 6989;',
    'const port = 6989;',
    "export { port } from './port.ts';",
    "export const getPort = operation({ summary: 'The port' });",
    'export type Port = z.output<typeof portSchema>;',
    "export type Number = z.output<typeof portSchema>['number'];",
    'export type Name = (typeof names)[number];',
    "export type Label = (typeof names)[number]['label'];",
    'export type Title = keyof typeof titles;',
    'export type Rooms = ReturnType<typeof createRooms>;',
    "export * from './port.ts';",
    '/** Doubles. */ export function twice(x: number): number; export function twice(x: string): string; export function twice(x) { return x; }',
  ],
  invalid: [
    faults('export const port = 6989;', 'missing'),
    faults('// The port.\nexport const port = 6989;', 'missing'),
    faults('/* The port. */ export const port = 6989;', 'missing'),
    faults('export type Port = { readonly number: number };', 'missing'),
    faults('export type Port = z.output<Schema>;', 'missing'),
    faults('export const getPort = operate();', 'missing'),
    faults('export interface Port { readonly number: number }', 'missing'),
    faults('/** One. */ export const one = 1; export const two = 2;', 'missing'),
    faults('export function twice(x: number): number; export function twice(x) { return x; }', 'missing'),
  ],
});

tester.run('exposed-secrets', gatehouse.rules['exposed-secrets'], {
  valid: ['password.destroy();', 'expose(password);'],
  invalid: [
    faults('password.expose((bytes) => bytes);', 'exposed'),
    faults('password?.expose((bytes) => bytes);', 'exposed'),
    faults("password['expose']((bytes) => bytes);", 'exposed'),
    faults('const { expose } = password;', 'exposed'),
    faults('const take = password.expose.bind(password);', 'exposed'),
  ],
});

tester.run('parsed-json', gatehouse.rules['parsed-json'], {
  valid: [
    'schema.parse(JSON.parse(text));',
    'const value: unknown = JSON.parse(text);',
    'const value = JSON.parse(text) as unknown;',
    'const row = found as Row;',
  ],
  invalid: [
    faults('const row = JSON.parse(text) as Row;', 'cast'),
    faults('const row = JSON.parse(text) as unknown as Row;', 'cast'),
    faults('const row = (await response.json()) as Row;', 'cast'),
  ],
});

const options = [{ root: 'src', owners: { entries: 'features/entries' }, sql: ['kernel/db'] }];
const at = (file, test) => ({
  ...(typeof test === 'string' ? { code: test } : test),
  filename: `/src/${file}`,
  options,
});

tester.run('table-owners', gatehouse.rules['table-owners'], {
  valid: [
    at('features/entries/repository.ts', "trx.insertInto('entries').values(row);"),
    at('features/entries/link-repository.ts', "trx.deleteFrom('entries as e');"),
    at('features/sessions/repository.ts', "db.selectFrom('entries').select('id');"),
    at('kernel/db/nodes.ts', "db.selectFrom('entries').select('id');"),
  ],
  invalid: [
    at('features/sessions/repository.ts', faults("trx.updateTable('entries').set(row);", 'foreign')),
    at('features/entries-more/repository.ts', faults("trx.updateTable('entries').set(row);", 'foreign')),
    at('features/sessions/repository.ts', faults("trx.deleteFrom(['sessions', 'entries']);", 'unowned', 'foreign')),
    at('features/entries/service.ts', faults("db.selectFrom('entries').select('id');", 'place')),
    at('features/entries/service.ts', faults("db.selectFrom('a').innerJoin('b', 'b.id', 'a.id');", 'place', 'place')),
    at('kernel/dbx/nodes.ts', faults("trx.deleteFrom('nodes');", 'place', 'unowned')),
  ],
});
