import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, startTestGatehouse, type Answer, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { hostKey } from './host-key.ts';

describe.each(engines)('entries and folders over HTTP on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let owner: Person;
  let member: Person;
  let outsider: Person;
  let organizationId: number;
  let identityId: number;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine });
    owner = await gatehouse.person('owner');
    member = await gatehouse.person('member');
    outsider = await gatehouse.person('outsider');
    organizationId = Number((await owner.call('PUT', '/api/organization', { name: 'Example' })).at('id'));
    await owner.call('POST', `/api/organization/${organizationId}/invite`, { username: 'member' });
    await member.call('POST', `/api/organization/invitations/${organizationId}/respond`, { accept: true });
    await owner.call('PUT', `/api/organization/${organizationId}/members/${member.id}/permissions`, {
      permissions: { 'identities.manage': 'deny' },
    });
    const identity = { name: 'Shared', type: 'password', username: 'root', password: 'secret', organizationId };
    identityId = Number((await owner.call('PUT', '/api/identity', identity)).at('id'));
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  async function addEntry(person: Person, body: object = {}): Promise<number> {
    const added = await person.call('PUT', '/api/entry', { name: 'server', config: { ip: 'host' }, ...body });
    expect(added.status).toBe(200);
    return Number(added.at('id'));
  }

  it('keeps what clients send, on both spellings of the path', async () => {
    const folder = await owner.call('PUT', '/api/folders', { name: 'Web', organizationId: String(organizationId) });
    const body = {
      name: 'www',
      type: 'server',
      icon: 'server',
      renderer: 'terminal',
      folderId: folder.at('id'),
      identities: [identityId],
      config: {
        protocol: 'ssh',
        ip: '[2001:DB8::1]',
        port: '2222',
        jumpHosts: [],
        macAddress: '',
        keyboardLayout: null,
        wakeOnLanEnabled: false,
        monitoringEnabled: true,
      },
    };
    const id = (await owner.call('PUT', '/api/entries/', body)).at('id');
    expect((await member.call('GET', `/api/entry/${String(id)}`)).body).toMatchObject({
      id,
      type: 'server',
      name: 'www',
      status: 'unknown',
      tags: [],
      icon: 'server',
      renderer: 'terminal',
      protocol: 'ssh',
      ip: '2001:db8::1',
      organizationId,
      identities: [identityId],
      links: [{ identityId, position: 0, suspended: false }],
      inherited: null,
      hostKeyPolicy: 'ask',
      config: { port: 2222, monitoringEnabled: true },
    });
    expect((await member.call('GET', '/api/entries/list')).body).toMatchObject([
      {
        id: `org-${organizationId}`,
        type: 'organization',
        entries: [{ type: 'folder', name: 'Web', entries: [{ type: 'server', id }] }],
      },
    ]);
    expect((await member.call('GET', '/api/folder/list')).body).toMatchObject([
      { id: `org-${organizationId}`, entries: [{ type: 'folder', id: folder.at('id'), entries: [] }] },
    ]);
    expect((await owner.call('DELETE', `/api/folder/${String(folder.at('id'))}`)).status).toBe(200);
    expect((await member.call('GET', `/api/entry/${String(id)}`)).status).toBe(404);
  });

  it.each([
    ['no body', undefined],
    ['a name that is empty', { name: ' ', config: { ip: 'h' } }],
    ['no address', { name: 'x', config: {} }],
    ['an address with a user', { name: 'x', config: { ip: 'root@h' } }],
    ['an unknown protocol', { name: 'x', config: { ip: 'h', protocol: 'gopher' } }],
    ['an unknown field', { name: 'x', config: { ip: 'h' }, password: 'x' }],
    ['a missing identity', { name: 'x', config: { ip: 'h' }, identities: [999_999] }],
    ['a missing folder', { name: 'x', config: { ip: 'h' }, folderId: 999_999 }],
    ['a config that is too deep', `{"name":"x","config":{"ip":"h","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ['a poisoned config', '{"name":"x","config":{"ip":"h","__proto__":{"a":1}}}'],
    ['a config that is too large', { name: 'x', config: { ip: 'h', a: 'x'.repeat(20_000) } }],
  ])('answers 400 to %s', async (_, body) => {
    const answer = await owner.call('PUT', '/api/entry', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 400, error: 'invalid_request' });
  });

  it('answers others as if nothing were there', async () => {
    const id = await addEntry(owner);
    const missing = await outsider.call('GET', '/api/entry/999999');
    const nothing = { ...(missing.body as object), requestId: expect.any(String) as string };
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', '', undefined],
      ['POST', '/duplicate', undefined],
      ['PATCH', '/reposition', { folderId: null }],
      ['POST', `/identities/${identityId}/confirm`, undefined],
      ['GET', '/host-keys', undefined],
      ['PUT', '/host-keys', { keys: ['x'] }],
      ['DELETE', '/host-keys/1', undefined],
      ['POST', '/host-keys/scan', undefined],
    ] as const) {
      const answer = await outsider.call(method, `/api/entry/${id}${path}`, body);
      expect([method, path, answer.status, answer.body]).toEqual([method, path, 404, nothing]);
    }
    for (const odd of ['abc', '0', '-1', '1e3', '9007199254740993', '1%00'])
      expect((await owner.call('GET', `/api/entry/${odd}`)).status).toBe(404);
    expect((await outsider.call('PUT', '/api/entry', { name: 'x', config: { ip: 'h' }, organizationId })).status).toBe(
      403,
    );
  });

  it('suspends a shared identity that a member redirects, until a manager confirms', async () => {
    const id = await addEntry(owner, { organizationId, identities: [identityId] });
    await member.call('PATCH', `/api/entry/${id}`, { config: { ip: '127.0.0.1' } });
    const seen = await owner.call('GET', `/api/entry/${id}`);
    expect(seen.at('links.0.suspended')).toBe(true);
    const path = `/api/entry/${id}/identities/${identityId}/confirm`;
    expect((await member.call('POST', path)).status).toBe(403);
    await member.call('PATCH', `/api/entry/${id}`, { config: { ip: '127.0.0.2' } });
    expect((await owner.call('POST', path, { binding: seen.at('binding') })).status).toBe(409);
    expect((await owner.call('POST', path)).status).toBe(200);
    expect((await owner.call('GET', `/api/entry/${id}`)).at('links.0.suspended')).toBe(false);
  });

  it('pins, lists, exports and forgets host keys', async () => {
    const id = await addEntry(owner, { config: { ip: 'db.example.org', port: 2222 } });
    const [one, two] = [hostKey(), hostKey()];
    const path = `/api/entry/${id}/host-keys`;
    const lines = [`[db.example.org]:2222 ${one.publicKey}`, `other ${two.publicKey}`];
    expect((await owner.call('PUT', path, { keys: lines })).at('keys')).toEqual([one]);
    const listed = await owner.call('GET', path);
    expect(listed.body).toMatchObject({
      host: 'db.example.org',
      port: 2222,
      policy: 'ask',
      keys: [{ ...one, source: 'imported', confirmedBy: owner.id }],
      knownHosts: [`[db.example.org]:2222 ${one.publicKey}`],
    });
    expect((await owner.call('PUT', path, { keys: [] })).status).toBe(400);
    expect((await owner.call('DELETE', `${path}/${String(listed.at('keys.0.id'))}`)).status).toBe(200);
    expect((await owner.call('GET', path)).at('keys')).toEqual([]);

    expect((await owner.call('PUT', path, { keys: [`@revoked * ${one.publicKey}`] })).status).toBe(200);
    const revoked = await owner.call('GET', path);
    expect(revoked.body).toMatchObject({
      keys: [{ ...one, revoked: true }],
      knownHosts: [`@revoked [db.example.org]:2222 ${one.publicKey}`],
    });
    expect((await owner.call('DELETE', `${path}/${String(revoked.at('keys.0.id'))}`)).status).toBe(200);
    expect((await owner.call('GET', path)).at('keys')).toEqual([]);
  });

  it('imports an OpenSSH configuration, all of it or nothing', async () => {
    const text =
      'Host bastion\n  HostName 192.0.2.1\nHost inner\n  ProxyJump bastion\n  IdentityFile ~/.ssh/inner\nHost *\n  User ops\n';
    const dry = await member.call('POST', '/api/entry/import/ssh-config', { text, dryRun: true });
    expect(dry.body).toMatchObject({ entries: [{ id: null }, { id: null }], skipped: [], warnings: [] });
    const real = await member.call('POST', '/api/entry/import/ssh-config', { text });
    expect(real.body).toMatchObject({
      entries: [
        { name: 'bastion', ip: '192.0.2.1', username: 'ops' },
        { name: 'inner', jumpHosts: ['bastion'], notes: expect.stringContaining('~/.ssh/inner') as string },
      ],
    });
    const inner = await member.call('GET', `/api/entry/${String(real.at('entries.1.id'))}`);
    expect(inner.at('config.jumpHosts')).toEqual([real.at('entries.0.id')]);

    const more = `${text}Host third\n  ProxyJump bastion\n`;
    const again = await member.call('POST', '/api/entry/import/ssh-config', { text: more });
    expect(again.body).toMatchObject({
      entries: [{ name: 'third', jumpHosts: ['bastion'] }],
      present: 2,
      skipped: [
        { host: 'bastion', reasonCode: 'import_entry_present' },
        { host: 'inner', reasonCode: 'import_entry_present' },
      ],
    });
    const third = await member.call('GET', `/api/entry/${String(again.at('entries.0.id'))}`);
    expect(third.at('config.jumpHosts')).toEqual([real.at('entries.0.id')]);
  });

  it('sends the tree compressed, and not to a client that has it', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `web-${at}`);
    for (const name of names) {
      await addEntry(member, { name });
      await member.call('PUT', '/api/folder', { name });
    }
    for (const path of ['/api/entry/list', '/api/folder/list']) {
      const [plain, packed] = [
        await member.call('GET', path, undefined, { 'accept-encoding': 'identity' }),
        await member.call('GET', path, undefined, { 'accept-encoding': 'br' }),
      ];
      expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([null, 'br']);
      expect(packed.body).toEqual(plain.body);
      const known = { 'accept-encoding': 'br', 'if-none-match': packed.headers.get('etag') ?? '' };
      expect((await member.call('GET', path, undefined, known)).status).toBe(304);
      // What others see is another answer.
      expect((await outsider.call('GET', path, undefined, known)).status).toBe(200);

      await member.call('PUT', '/api/folder', { name: 'new' });
      const changed = await member.call('GET', path, undefined, known);
      expect(changed.status).toBe(200);
      expect(JSON.stringify(changed.body)).toContain('"new"');
    }
    const page = await member.call('GET', '/api/entry/list?flat=true', undefined, { 'accept-encoding': 'br' });
    expect(page.headers.get('content-encoding')).toBe('br');
    expect(JSON.stringify(page.at('entries'))).toContain('web-7');
  });

  it('lets a client say which version of an entry it changes', async () => {
    const id = await addEntry(owner, { organizationId, identities: [identityId] });
    const path = `/api/entry/${id}`;
    const tagOf = (answer: Answer) => answer.headers.get('etag') ?? '';
    const read = tagOf(await owner.call('GET', path));
    const renamed = await owner.call('PATCH', path, { name: 'first' }, { 'if-match': read });
    expect(renamed.status).toBe(200);
    expect(tagOf(await owner.call('GET', path))).toBe(tagOf(renamed));

    const known = { 'if-match': read };
    for (const [method, at, body] of [
      ['PATCH', path, { name: 'second' }],
      ['PATCH', `${path}/reposition`, { folderId: null }],
      ['DELETE', path, undefined],
    ] as const) {
      const refused = await owner.call(method, at, body, known);
      expect([refused.status, refused.at('error'), refused.at('messageCode')]).toEqual([
        ...[412, 'precondition_failed', 'server_changed'],
      ]);
    }
    expect((await owner.call('GET', path)).at('name')).toBe('first');
    // The existence of what the caller does not see stays hidden.
    expect((await outsider.call('PATCH', path, { name: 'x' }, known)).status).toBe(404);
    expect((await owner.call('PATCH', path, { name: 'x' }, { 'if-match': 'nonsense' })).status).toBe(400);

    const links = await owner.call('PATCH', path, { identities: [] }, { 'if-match': tagOf(renamed) });
    expect(tagOf(links)).not.toBe(tagOf(renamed));
    const folder = (await owner.call('PUT', '/api/folder', { name: 'Moves', organizationId })).at('id');
    const moved = await owner.call('PATCH', `${path}/reposition`, { folderId: folder }, { 'if-match': tagOf(links) });
    expect(moved.status).toBe(200);
    await owner.call('PATCH', `/api/folder/${String(folder)}`, { organizationId: null });
    const afterFolder = tagOf(await owner.call('GET', path));
    expect(afterFolder).not.toBe(tagOf(moved));
    expect((await owner.call('DELETE', path, undefined, { 'if-match': afterFolder })).status).toBe(200);
    await owner.call('DELETE', `/api/folder/${String(folder)}`);
  });

  it('imports servers that a client has read from its file, all of them or none', async () => {
    const path = '/api/entry/import/ssh-config';
    const config = { Compression: 'yes' };
    const web = { name: 'web-1', ip: '192.0.2.9', port: 2201, config, identities: [identityId] };
    const imported = await owner.call('POST', path, { servers: [web, { name: 'db.example.org' }, web] });
    expect(imported).toMatchObject({ status: 200, body: { message: '2 servers added.', present: 0, skipped: [] } });
    const first = await owner.call('GET', `/api/entry/${String(imported.at('entries.0.id'))}`);
    expect(first.body).toMatchObject({
      name: 'web-1',
      renderer: 'terminal',
      identities: [identityId],
      config: { protocol: 'ssh', ip: '192.0.2.9', port: 2201, Compression: 'yes' },
    });
    expect(imported.at('entries.1')).toMatchObject({ ip: 'db.example.org', port: 22 });
    const again = await owner.call('POST', path, { servers: [web, { name: 'web-2', ip: '192.0.2.10', port: '22' }] });
    expect(again.body).toMatchObject({
      message: '1 server added.',
      present: 1,
      entries: [{ name: 'web-2', port: 22 }],
    });

    const refused = [
      [{ servers: [{ name: 'web-3' }, { name: 'web-4', ip: 'not an address' }] }, 'servers.1.ip'],
      [{ servers: [{ name: 'web-3', config: { hostKeyPolicy: 'never' } }] }, 'servers.0.config.hostKeyPolicy'],
      [{ servers: [{ name: 'web-3', user: 'ops' }] }, 'servers.0.user'],
      [{ servers: [] }, 'servers'],
      [{ servers: [web], text: 'Host web-3' }, 'text'],
      [{}, 'text'],
    ] as const;
    for (const [body, field] of refused)
      expect(await owner.call('POST', path, body), field).toMatchObject({
        status: 400,
        body: { details: [{ path: field }] },
      });
    const foreign = await outsider.call('POST', path, { servers: [web] });
    expect(foreign).toMatchObject({ status: 400, body: { details: [{ path: 'identities' }] } });
  });

  it('moves entries and folders about', async () => {
    const [one, two] = [await addEntry(outsider, { name: 'one' }), await addEntry(outsider, { name: 'two' })];
    const folder = Number((await outsider.call('PUT', '/api/folder', { name: 'Folder' })).at('id'));
    const inner = Number((await outsider.call('PUT', '/api/folder', { name: 'Inner', parentId: folder })).at('id'));
    expect((await outsider.call('PATCH', `/api/folder/${folder}`, { parentId: inner })).status).toBe(400);
    await outsider.call('PATCH', `/api/entry/${two}/reposition`, { targetId: one, placement: 'before' });
    expect((await outsider.call('GET', '/api/entry/list')).body).toMatchObject([
      { id: folder },
      { id: two },
      { id: one },
    ]);
    // Each move halves the room after the folder's first entry, until there is none left.
    const three = await addEntry(outsider, { name: 'three' });
    for (let turn = 0; turn < 12; turn++) {
      const [mover, other] = turn % 2 === 0 ? [three, one] : [one, three];
      await outsider.call('PATCH', `/api/entry/${mover}/reposition`, { targetId: two });
      const list = (await outsider.call('GET', '/api/entry/list')).body;
      expect(list).toMatchObject([{ id: folder }, { id: two }, { id: mover }, { id: other }]);
    }
    await outsider.call('DELETE', `/api/entry/${three}`);
    await outsider.call('PATCH', `/api/entry/${two}/reposition`, { folderId: inner });
    const copy = (await outsider.call('POST', `/api/entry/${two}/duplicate`)).at('id');
    expect((await outsider.call('GET', '/api/entry/list')).body).toMatchObject([
      { id: folder, entries: [{ id: inner, entries: [{ id: two }, { id: copy, name: 'two (copy)' }] }] },
      { id: one },
    ]);
    await outsider.call('DELETE', `/api/folder/${folder}`);
    expect((await outsider.call('GET', '/api/entry/list')).body).toMatchObject([{ id: one }]);
  });

  it('gives the flat list in pages and searches it', async () => {
    const person = await gatehouse.person('pager');
    for (const name of ['alpha', 'beta', 'gamma', 'Ärger']) await addEntry(person, { name });
    const first = await person.call('GET', '/api/entry/list?flat=true&limit=2');
    expect(first.body).toMatchObject({ entries: [{ name: 'alpha' }, { name: 'beta' }] });
    const rest = await person.call('GET', `/api/entry/list?flat=true&limit=2&cursor=${String(first.at('nextCursor'))}`);
    expect(rest.body).toMatchObject({ entries: [{ name: 'gamma' }, { name: 'Ärger' }], nextCursor: null });
    const shouted = encodeURIComponent('ÄRGER');
    expect((await person.call('GET', `/api/entry/list?flat=true&search=${shouted}`)).at('entries')).toMatchObject([
      { name: 'Ärger' },
    ]);
    expect((await person.call('GET', '/api/entry/list?flat=true&search=ET')).at('entries')).toMatchObject([
      { name: 'beta' },
    ]);
    expect((await person.call('GET', '/api/entry/list?flat=true&cursor=%25')).status).toBe(400);
    expect((await person.call('GET', '/api/entry/recent?limit=5')).body).toEqual([]);
  });
});
