import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, exec, keyIdentity } from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { makeHostAuthority, type HostAuthority } from './ssh-servers/host-authority.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { addTestAccount, startSshd, type HostKeyType, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const valid = ['-h', '-n', '127.0.0.1,*.example.org', '-V', '-1m:+1h'];
let account: TestAccount;
let authority: HostAuthority;
let gatehouse: TestGatehouse;
let anna: Person;
let identityId: number;

beforeAll(async () => {
  account = await addTestAccount();
  authority = await makeHostAuthority();
  gatehouse = await startTestGatehouse();
  anna = await gatehouse.person('anna');
  identityId = await keyIdentity(anna, account.username);
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  authority[Symbol.dispose]();
  await account[Symbol.asyncDispose]();
});

function certified(options = valid, by = authority, hostKeys: readonly HostKeyType[] = ['ed25519']): Promise<Sshd> {
  return startSshd({ authorizedKeys, hostKeys, certify: (file) => by.certify(file, options) });
}

/** An entry that trusts an authority, under a policy. */
async function trusting(server: { host: string; port: number; hostKeys: readonly string[] }, more: object = {}) {
  const config = { hostKeyPolicy: 'ca', ...more };
  const entryId = await addEntry(anna, server, { identities: [identityId], pinned: false, config });
  await trust(entryId, authority);
  return entryId;
}

async function trust(entryId: number, { publicKey }: Pick<HostAuthority, 'publicKey'>, hosts = '*'): Promise<void> {
  const keys = [`@cert-authority ${hosts} ${publicKey}`];
  const answer = await anna.call('PUT', `/api/entry/${entryId}/host-keys`, { keys });
  expect(answer.status).toBe(200);
}

describe('under the policy ca', () => {
  test.for([
    ['Ed25519', ['ed25519'], 'ed25519'],
    ['ECDSA on P-384', ['ecdsa', '384'], 'ecdsa'],
    ['ECDSA on P-521', ['ecdsa', '521'], 'ecdsa'],
    ['RSA', ['rsa', '3072'], 'ed25519'],
  ] as const)('a server is let through with a certificate by an authority with %s', async ([, type, hostKey]) => {
    using other = await makeHostAuthority(type);
    await using sshd = await certified(valid, other, [hostKey]);
    const entryId = await trusting(sshd);
    await trust(entryId, other);

    const answer = await exec(anna, entryId, 'echo in');

    expect(answer.body).toMatchObject({ stdout: 'in\n' });
    const tested = await anna.call('POST', `/api/identity/${identityId}/test`, { entryId });
    expect(JSON.stringify(tested.at('steps'))).toContain('certified by SHA256:');
  });

  test('a terminal goes on when keys are exchanged anew', async () => {
    await using sshd = await startSshd({
      authorizedKeys,
      hostKeys: ['ed25519'],
      certify: (file) => authority.certify(file, valid),
      config: ['RekeyLimit 16K'],
    });
    const terminal = await openTerminal(gatehouse, anna, { entryId: await trusting(sshd) });
    await terminal.frame('ready');
    terminal.type('head -c 200000 /dev/zero | tr "\\0" x | fold -w 80; echo do$((1+1))ne\n');
    await terminal.says('do2ne');
    terminal.socket.close();
  });

  test('the same holds on the way through a jump host', async () => {
    await using jump = await certified();
    await using target = await certified();
    const entryId = await trusting(target, { jumpHosts: [await trusting(jump)] });
    expect((await exec(anna, entryId, 'echo through')).body).toMatchObject({ stdout: 'through\n' });
  });

  test.for([
    ['for another host', ['-h', '-n', 'db.example.org', '-V', '-1m:+1h'], 'not for 127.0.0.1'],
    ['for no host', ['-h', '-V', '-1m:+1h'], 'names no host'],
    ['that has expired', ['-h', '-n', '127.0.0.1', '-V', '-2h:-1h'], 'was valid until'],
    ['that is not valid yet', ['-h', '-n', '127.0.0.1', '-V', '+1h:+2h'], 'is not valid before'],
  ] as const)('a certificate %s is refused', async ([, options, words]) => {
    await using sshd = await certified([...options]);
    const answer = await exec(anna, await trusting(sshd), 'true');
    expect([answer.status, answer.at('error')]).toEqual([502, 'login_failed']);
    expect(answer.at('message')).toContain(words);
    expect(JSON.stringify(answer.at('steps'))).toContain('"step":"hostkey","status":"failed"');
    expect(JSON.stringify(answer.at('steps'))).not.toContain('"auth"');
  });

  test('a certificate of an authority that is not trusted, and a plain key even if it is pinned, are refused', async () => {
    using other = await makeHostAuthority();
    await using sshd = await certified(valid, other);
    const entryId = await trusting(sshd);
    const foreign = await exec(anna, entryId, 'true');
    expect([foreign.status, foreign.at('error')]).toEqual([409, 'host_key_unknown']);
    expect(foreign.at('message')).toContain('not a trusted authority');

    await using plain = await startSshd({ authorizedKeys });
    const pinned = await addEntry(anna, plain, { identities: [identityId], config: { hostKeyPolicy: 'ca' } });
    expect((await exec(anna, pinned, 'true')).at('message')).toContain('presents no host certificate');
  });

  test('a rogue server gets no byte of authentication', async () => {
    await using rogue = await startHostile({ accept: () => true });
    const answer = await exec(anna, await trusting(rogue), 'true');
    expect(answer.at('error')).toBe('host_key_unknown');
    expect([rogue.attempts, rogue.handshakes()]).toEqual([[], 0]);
  });

  test('a certificate that was taken from its server is of no use without its key', async () => {
    const certificates: Buffer[] = [];
    await using honest = await startSshd({
      authorizedKeys,
      hostKeys: ['ed25519'],
      certify: async (file) => {
        await authority.certify(file, valid);
        const [, base64 = ''] = (await readFile(`${file}-cert.pub`, 'utf8')).split(' ');
        certificates.push(Buffer.from(base64, 'base64'));
      },
    });
    expect((await exec(anna, await trusting(honest), 'true')).status).toBe(200);

    const [stolenCertificate = Buffer.alloc(0)] = certificates;
    await using thief = await startHostile({ accept: () => true, stolenCertificate });
    const answer = await exec(anna, await trusting(thief), 'true');

    expect([answer.status, answer.at('error')]).toEqual([502, 'login_failed']);
    expect(answer.at('message')).toContain('signature verification failed');
    expect(thief.attempts).toEqual([]);
  });
});

describe('an authority', () => {
  test('is listed apart from keys, stays when a key is accepted, and is forgotten like one', async () => {
    await using sshd = await startSshd({ authorizedKeys, hostKeys: ['ed25519'] });
    const entryId = await trusting(sshd, { hostKeyPolicy: 'accept-new' });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);

    const list = await anna.call('GET', `/api/entry/${entryId}/host-keys`);
    const name = `[127.0.0.1]:${sshd.port}`;
    expect(list.at('keys')).toMatchObject([
      { publicKey: authority.publicKey, authority: true, source: 'imported' },
      { publicKey: sshd.hostKeys[0], authority: false, source: 'accept-new' },
    ]);
    expect(list.at('knownHosts')).toEqual([
      `@cert-authority ${name} ${authority.publicKey}`,
      `${name} ${String(sshd.hostKeys[0])}`,
    ]);

    const removed = await anna.call('DELETE', `/api/entry/${entryId}/host-keys/${String(list.at('keys.0.id'))}`);
    expect(removed.status).toBe(200);
    const left = await anna.call('GET', `/api/entry/${entryId}/host-keys`);
    expect(left.at('keys')).toMatchObject([{ authority: false }]);
  });

  test('vouches under other policies, too, and only for the hosts of its line', async () => {
    await using sshd = await certified();
    const entryId = await trusting(sshd, { hostKeyPolicy: 'strict' });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);
    const other = { keys: [`@cert-authority db.example.org ${authority.publicKey}`] };
    const answer = await anna.call('PUT', `/api/entry/${entryId}/host-keys`, other);
    expect(answer.status).toBe(400);
  });

  test('vouches for nothing once its key is revoked', async () => {
    await using sshd = await certified();
    const entryId = await trusting(sshd, { hostKeyPolicy: 'strict' });
    const revoked = { keys: [`@revoked * ${authority.publicKey}`] };
    expect((await anna.call('PUT', `/api/entry/${entryId}/host-keys`, revoked)).status).toBe(200);
    // Without a trusted authority the server is asked for a plain key, which is not pinned.
    expect((await exec(anna, entryId, 'true')).at('error')).toBe('host_key_unknown');
  });
});
