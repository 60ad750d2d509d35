import { describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Answer, type Person } from '../harness/gatehouse.ts';
import { callJson, send } from './wire.ts';

const family = '👨‍👩‍👧‍👦';

/** What the contract says of names (contract section 7): refused, or stored as the second text. */
const refused: Readonly<Record<string, string>> = {
  'a NUL': 'a\0name',
  'a line feed': 'a\nname',
  'a carriage return and a line feed': 'a name\r\n{"seq":1}',
  'an escape sequence': '\u001b[2Ja name',
  'a C1 control': 'a\u009bname',
  'a bidirectional override': 'a\u202ename',
  'a bidirectional isolate': 'a\u2066name',
  'a lone surrogate': 'a\ud800name',
  'only spaces': '     ',
  '256 characters': 'x'.repeat(256),
  '256 emoji': '😀'.repeat(256),
};
const accepted: readonly [string, string, string][] = [
  ['255 characters', 'x'.repeat(255), 'x'.repeat(255)],
  ['255 emoji', '😀'.repeat(255), '😀'.repeat(255)],
  ['a decomposed letter', 'Scho\u0308n', 'Sch\u00f6n'],
  ['spaces around it', '  a name  ', 'a name'],
  ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['what SQL would mind', `'; drop table identities; --`, `'; drop table identities; --`],
  ['a family', family, family],
  ['a line separator', 'a\u2028name', 'a\u2028name'],
];

/** The ways in which a name that a person reads comes in; each with what else it needs. */
const named: readonly { readonly what: string; put: (person: Person, name: string) => Promise<Answer> }[] = [
  { what: 'an identity', put: (person, name) => person.call('PUT', '/api/identity', { name, type: 'ssh' }) },
  { what: 'a server', put: (person, name) => person.call('PUT', '/api/entry', { name, config: { ip: '127.0.0.1' } }) },
  { what: 'a folder', put: (person, name) => person.call('PUT', '/api/folder', { name }) },
  { what: 'an organization', put: (person, name) => person.call('PUT', '/api/organization', { name }) },
  { what: 'a person', put: (person, name) => person.call('PATCH', '/api/account/name', { firstName: name }) },
];
/** Names of these are shorter, so that the two longest are for identities alone. */
const longest = ['255 characters', '255 emoji'];

describe.each(engines)('on %s', (engine) => {
  test('names that are no single line of text are refused, and the others come back as they were meant', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const person = await gatehouse.person('olga');
    for (const { what, put } of named) {
      for (const [why, name] of Object.entries(refused)) {
        const answer = await put(person, name);
        expect.soft(answer.status, `${what} with ${why}: ${JSON.stringify(answer.body)}`).toBe(400);
        expect.soft(answer.at('error'), `${what} with ${why}`).toBe('invalid_request');
      }
    }
    for (const [why, name, stored] of accepted) {
      const created = await person.call('PUT', '/api/identity', { name, type: 'ssh' });
      const read = await person.call('GET', `/api/identity/${Number(created.at('id'))}`);
      expect.soft(read.at('name'), why).toBe(stored);
    }
    for (const { what, put } of named.slice(1)) {
      for (const [why, name] of accepted.filter(([one]) => !longest.includes(one)))
        expect.soft((await put(person, name)).status, `${what} with ${why}`).toBeLessThan(300);
    }
  });
});

test('whatever a client calls itself or things, the export of the log stays one line for each entry', async () => {
  await using gatehouse = await startTestGatehouse();
  const administrator = await gatehouse.administrator();
  const forged = '{"seq":1,"action":"auth.login","outcome":"ok"}';
  // Node sends header values as Latin-1; a real CR or LF would end the header, so what remains is what looks like one.
  const agents = [`x\\r\\n${forged}`, `x\u0085${forged}`, `x\u009b2J${forged}`, `x\t${forged}`, '\u00ff'.repeat(600)];
  for (const userAgent of agents) {
    const headers = { 'user-agent': userAgent };
    await callJson(gatehouse.url, {
      method: 'POST',
      path: '/api/auth/login',
      headers,
      body: { username: 'nobody', password: 'x' },
    });
  }
  for (const name of [`a\u2028${forged}`, `a\u2029${forged}`, `"\\u000a${forged}`, 'a\u200fname', 'a\u0301'.repeat(30)])
    expect((await administrator.call('PUT', '/api/folder', { name: name.slice(0, 50) })).status).toBe(200);
  for (const username of [`nobody\r\n${forged}`, '\u001b]0;title\u0007', '\u202egnp.exe', '\ud800'])
    await callJson(gatehouse.url, { method: 'POST', path: '/api/auth/login', body: { username, password: 'x' } });

  const list = await administrator.call('GET', '/api/audit/logs?limit=1000');
  const total = Number(list.at('total'));
  const headers = { authorization: `Bearer ${administrator.token}` };
  const { text } = await send(gatehouse.url, { method: 'GET', path: '/api/audit/export', headers });
  expect(text.endsWith('\n')).toBe(true);
  // Split at everything that an editor or a terminal takes for the end of a line.
  const lines = text.slice(0, -1).split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
  expect(lines).toHaveLength(total);
  const entries = lines.map((line) => JSON.parse(line) as { seq: number; userAgent: string | null });
  expect(new Set(entries.map(({ seq }) => seq)).size).toBe(total);
  expect(entries.some(({ userAgent }) => userAgent?.includes(forged))).toBe(true);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
  expect(await administrator.call('GET', '/api/audit/verify')).toMatchObject({ body: { firstBad: null } });
});
