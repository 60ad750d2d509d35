import { afterEach, describe, expect, test, vi } from 'vitest';
import { answering, refusal } from '../../../../test/rendering/network.ts';
import { serverDetail } from '../../../../test/rendering/samples.ts';
import { checkedOf, credentialSchema, directOf, type CredentialFormValues } from './credential-values.ts';
import { saveIdentity } from './save-identity.ts';

const values = (facts: Partial<CredentialFormValues> = {}): CredentialFormValues => ({
  username: 'root',
  method: 'password',
  password: 'secret',
  sshKey: '',
  passphrase: '',
  keep: 'once',
  name: '',
  ...facts,
});

describe('what a login takes of what was typed', () => {
  test.each<[Partial<CredentialFormValues>, object]>([
    [{}, { username: 'root', password: 'secret' }],
    [{ username: ' root ' }, { username: 'root', password: 'secret' }],
    [
      { method: 'key', sshKey: 'KEY' },
      { username: 'root', sshKey: 'KEY' },
    ],
    [
      { method: 'key', sshKey: 'KEY', passphrase: 'p' },
      { username: 'root', sshKey: 'KEY', passphrase: 'p' },
    ],
    // What was typed for the other method is not sent.
    [
      { sshKey: 'KEY', passphrase: 'p' },
      { username: 'root', password: 'secret' },
    ],
    // A blank may be part of a password.
    [{ password: ' p ' }, { username: 'root', password: ' p ' }],
  ])('%j is %j', (facts, direct) => {
    expect(directOf(values(facts))).toEqual(direct);
  });
});

describe('the rules', () => {
  const complaints = (facts: Partial<CredentialFormValues>) => {
    const { error } = credentialSchema.safeParse(checkedOf(values(facts)));
    return [...new Set(error?.issues.map(({ path }) => path.join('.')))];
  };

  test.each<[Partial<CredentialFormValues>, string[]]>([
    [{}, []],
    [{ username: '' }, ['username']],
    [{ password: '' }, ['password']],
    [{ method: 'key' }, ['sshKey']],
    [{ method: 'key', sshKey: 'KEY' }, []],
    // A name is asked for only where an identity is made of it.
    [{ keep: 'identity', name: '' }, ['name']],
    [{ keep: 'identity', name: 'My key' }, []],
    [{ keep: 'page', name: '' }, []],
    [{ keep: 'identity', name: '', username: '', password: '' }, ['name', 'password', 'username']],
  ])('complain of %j at %j', (facts, paths) => {
    expect(complaints(facts)).toEqual(paths);
  });
});

describe('saving it', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const linked = serverDetail(4, { identities: [8, 3] });
  const server = (changed: () => unknown = () => ({ message: 'done' })) =>
    answering(({ method, path }) => {
      if (path === '/api/identity') return { id: 9, message: 'done' };
      return method === 'GET' ? linked : changed();
    });

  test('makes an identity, and links it behind those that are linked', async () => {
    const sent = server();
    const saved = await saveIdentity(4, 'Mine', { username: 'root', password: 'secret' });
    expect(saved).toEqual({ identityId: 9, isLinked: true });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /api/identity',
      'GET /api/entry/4',
      'PATCH /api/entry/4',
    ]);
    expect(sent[0]?.body).toEqual({ name: 'Mine', username: 'root', type: 'password', password: 'secret' });
    expect(sent[2]?.body).toEqual({ identities: [8, 3, 9] });
  });

  test('of a key takes its passphrase along', async () => {
    const sent = server();
    await saveIdentity(4, 'Mine', { username: 'root', sshKey: 'KEY', passphrase: 'p' });
    expect(sent[0]?.body).toEqual({ name: 'Mine', username: 'root', type: 'ssh', sshKey: 'KEY', passphrase: 'p' });
    expect(sent[0]?.headers.get('prefer')).toBe('handling=strict');
  });

  test('keeps it also where the server must not be changed', async () => {
    server(() => refusal(403, 'forbidden'));
    expect(await saveIdentity(4, 'Mine', { username: 'root', password: 's' })).toEqual({
      identityId: 9,
      isLinked: false,
    });
  });

  test('links it to the server as others have just left it', async () => {
    const tags: (string | null)[] = [];
    const sent = answering(({ method, path, headers }) => {
      if (path === '/api/identity') return { id: 9, message: 'done' };
      if (method === 'GET') return Response.json(linked, { headers: { etag: `"${tags.length}"` } });
      tags.push(headers.get('if-match'));
      return tags.length === 1 ? refusal(412, 'precondition_failed') : { message: 'done' };
    });
    expect(await saveIdentity(4, 'Mine', { username: 'root', password: 's' })).toMatchObject({ isLinked: true });
    expect(tags).toEqual(['"0"', '"1"']);
    expect(sent.filter(({ path }) => path === '/api/identity')).toHaveLength(1);
  });

  test('says what else went wrong', async () => {
    server(() => refusal(409, 'conflict'));
    await expect(saveIdentity(4, 'Mine', { username: 'root', password: 's' })).rejects.toThrow('because of conflict');
  });
});
