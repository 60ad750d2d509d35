import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, auditOf, authorizedKeys, exec, keyIdentity, runningSleeps } from './sessions/servers.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { addTestAccount, startDropbear, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const MiB = 1024 * 1024;

let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let anna: Person;
let entryId: number;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
  gatehouse = await startTestGatehouse();
  anna = await gatehouse.person('anna');
  entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

describe('a command', () => {
  test('gets its input, all of it, and an end of it', async () => {
    const answer = await exec(anna, entryId, 'wc -c; cat', { stdin: 'x'.repeat(65_000) });
    expect(answer).toMatchObject({ status: 200, body: { stdout: '65000\n', exitCode: 0 } });
    expect(await exec(anna, entryId, 'cat')).toMatchObject({ status: 200, body: { stdout: '', exitCode: 0 } });
  });

  test('is recorded with its reason, before it runs, cut and without what looks like a secret', async () => {
    const token = `ghk_0123456789_${'aB3'.repeat(14)}c_Ab3dEf`;
    const began = async () => (await auditOf(anna, 'session.open')).findLast(({ outcome }) => outcome === 'started');
    await exec(anna, entryId, `echo ${token}\nexit 3`, { reason: 'a look', stdin: 'not recorded' });
    expect((await began())?.details).toMatchObject({
      purpose: 'exec',
      reason: 'a look',
      command: 'echo ghk_0123456789_[redacted]\nexit 3',
    });
    expect((await began())?.details).not.toHaveProperty('commandCut');
    expect(JSON.stringify(await began())).not.toContain('not recorded');

    const answer = await exec(anna, entryId, `#${'ü '.repeat(2_000)}\nexit 4`);
    expect(answer.at('exitCode')).toBe(4);
    const { command, commandCut } = (await began())?.details ?? {};
    expect(commandCut).toBe(true);
    expect(command).toBe(`#${'ü '.repeat(1_365)}`);
  });

  test('that does not read its input is no problem', async () => {
    const answer = await exec(anna, entryId, 'exec <&-; echo done', { stdin: 'x'.repeat(65_000) });
    expect(answer).toMatchObject({ status: 200, body: { stdout: 'done\n' } });
  });

  test('that dies of a signal says so', async () => {
    expect(await exec(anna, entryId, 'kill -KILL $$')).toMatchObject({
      status: 200,
      body: { exitCode: null, signal: 'KILL' },
    });
  });

  test('has the output of each stream cut at 1 MiB, and marked', async () => {
    const long = await exec(anna, entryId, `head -c ${3 * MiB} /dev/zero | tr '\\0' a; echo b >&2`);
    expect(String(long.at('stdout'))).toBe('a'.repeat(MiB));
    expect(long.body).toMatchObject({ stderr: 'b\n', truncated: true, exitCode: 0 });
    const exact = await exec(anna, entryId, `head -c ${MiB} /dev/zero | tr '\\0' a >&2`);
    expect(String(exact.at('stderr'))).toHaveLength(MiB);
    expect(exact.at('truncated')).toBe(false);
  });

  test('may print what is no text: marked, or every byte of it as base64', async () => {
    const print = "printf 'a\\377\\000b'";
    const answer = await exec(anna, entryId, print);
    expect(answer).toMatchObject({ status: 200, body: { stdout: 'a\ufffd\0b', lossy: true, encoding: 'utf8' } });
    expect(await exec(anna, entryId, print, { encoding: 'base64' })).toMatchObject({
      body: { stdout: Buffer.from('a\xff\0b', 'latin1').toString('base64'), lossy: false, encoding: 'base64' },
    });
    expect((await exec(anna, entryId, 'echo ä')).at('lossy')).toBe(false);
  });

  test('gets any bytes as its input', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const given = { stdin: bytes.toString('base64'), encoding: 'base64' };
    expect((await exec(anna, entryId, 'cat', given)).at('stdout')).toBe(given.stdin);
  });

  test('ends with its exit status, whatever it leaves running in the background', async () => {
    const answer = await exec(anna, entryId, 'sleep 300 & echo started; echo late >&2; exit 3', { timeoutMs: 60_000 });
    expect(answer).toMatchObject({ status: 200, body: { stdout: 'started\n', stderr: 'late\n', exitCode: 3 } });
    await exec(anna, entryId, 'pkill -u "$(id -u)" sleep');
  });

  test('has all of its output, also where that comes after the exit status', async () => {
    const background = '(head -c 300000 /dev/zero | tr "\\0" b) & exit 0';
    expect(String((await exec(anna, entryId, background)).at('stdout'))).toHaveLength(300_000);
  });

  test('that takes too long is ended, here and there', async () => {
    const since = performance.now();
    const answer = await exec(anna, entryId, 'echo started; sleep 60', { timeoutMs: 1_000 });
    expect(answer).toMatchObject({
      status: 504,
      body: { error: 'timed_out', output: { stdout: 'started\n', stderr: '', truncated: false } },
    });
    // Long before the command would have ended by itself.
    expect(performance.now() - since).toBeLessThan(30_000);
    await expect.poll(() => runningSleeps(account.username)).toBe(0);
    expect((await auditOf(anna, 'session.end')).at(-1)).toMatchObject({ details: { why: 'timed_out' } });
  });

  test('that takes too long and does not want to end is killed', async () => {
    const answer = await exec(anna, entryId, 'trap "" TERM HUP; while :; do sleep 5; done', { timeoutMs: 1_000 });
    expect(answer.status).toBe(504);
    await expect.poll(() => runningSleeps(account.username), { timeout: 30_000 }).toBe(0);
  });

  test('is ended by the account that started it', async () => {
    const answer = exec(anna, entryId, 'sleep 60');
    await expect.poll(() => runningSleeps(account.username)).toBe(1);
    const live = (await anna.call('GET', '/api/connection?live=true')).body as { id: number; status: string }[];
    expect(live).toMatchObject([{ status: 'open', type: 'exec' }]);
    expect((await anna.call('DELETE', `/api/connection/${live[0]?.id ?? 0}`)).status).toBe(200);
    expect(await answer).toMatchObject({
      status: 409,
      body: { message: 'The session has ended: its owner ended it.' },
    });
    expect((await anna.call('GET', '/api/connection?live=true')).body).toEqual([]);
  });

  test('on dropbear is ended there, too', async () => {
    await using server = await startDropbear();
    const there = await addEntry(anna, server);
    const { username, password } = account;
    const directIdentity = { username, password };
    const answer = await exec(anna, there, 'sleep 60', { directIdentity, timeoutMs: 500 });
    expect(answer.status).toBe(504);
    await expect.poll(() => runningSleeps(username)).toBe(0);
  });

  test('without an exit status is a problem of its own, with the output so far', async () => {
    await using server = await startHostile({
      accept: () => true,
      onChannel: (channel) => {
        channel.write('half of i');
        setTimeout(() => {
          channel.close();
        }, 50);
      },
    });
    const there = await addEntry(anna, server);
    const directIdentity = { username: 'anna', password: 'the secret' };
    expect(await exec(anna, there, 'anything', { directIdentity })).toMatchObject({
      status: 502,
      body: { error: 'connection_lost', messageCode: 'command_without_exit_status', output: { stdout: 'half of i' } },
    });
    expect((await auditOf(anna, 'session.end')).at(-1)).toMatchObject({
      outcome: 'failed',
      details: { why: 'connection_lost' },
    });
  });

  test('that a server does not run before the password is changed says so in its log', async () => {
    await using expired = await addTestAccount();
    await expired.expirePassword();
    const there = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, expired.username)] });
    const answer = await exec(anna, there, 'echo never');
    expect(answer).toMatchObject({ status: 200, body: { exitCode: 1, stdout: '' } });
    const { body } = await anna.call('GET', `/api/connection/${String(answer.at('sessionId'))}`);
    const step = { step: 'channel', status: 'failed', detailCode: 'password_change_required' };
    expect(body).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({ ...step, hintCode: 'password_change_hint' }),
      ]) as unknown,
    });
  });

  test('that the server cuts off because it is idle has no exit status, either', async () => {
    await using server = await startSshd({ authorizedKeys, config: ['ChannelTimeout session:command=3s'] });
    const there = await addEntry(anna, server, { identities: [await keyIdentity(anna, account.username)] });
    expect(await exec(anna, there, 'echo started; sleep 300')).toMatchObject({
      status: 502,
      body: { error: 'connection_lost', output: { stdout: 'started\n' } },
    });
    await exec(anna, entryId, 'pkill -u "$(id -u)" sleep');
  });

  test('whose connection is lost is told apart from one that ended', async () => {
    await using server = await startSshd({ authorizedKeys });
    const there = await addEntry(anna, server, { identities: [await keyIdentity(anna, account.username)] });
    // The parent of the shell is the sshd of this connection.
    expect(await exec(anna, there, 'echo started; sleep 1; kill -KILL $PPID; sleep 5')).toMatchObject({
      status: 502,
      body: { messageCode: 'command_connection_lost', output: { stdout: 'started\n' } },
    });
  });

  test('has an exit code as large as the server says', async () => {
    await using server = await startHostile({
      accept: () => true,
      onChannel: (channel) => {
        channel.exit(0xc000013a);
        channel.close();
      },
    });
    const there = await addEntry(anna, server);
    const answer = await exec(anna, there, 'anything', {
      directIdentity: { username: 'anna', password: 'the secret' },
    });
    expect(answer).toMatchObject({ status: 200, body: { exitCode: 0xc000013a } });
    const session = await anna.call('GET', `/api/connection/${String(answer.at('sessionId'))}`);
    expect(session.at('exitCode')).toBe(0xc000013a);
  });

  test.for([
    [{}, 'command'],
    [{ command: '' }, 'command'],
    [{ command: 'true\0false' }, 'command'],
    [{ command: 'echo \ud800' }, 'command'],
    [{ command: 'cat', stdin: '\udc00' }, 'stdin'],
    [{ command: 'true', directIdentity: { username: 'anna', password: '\ud800' } }, 'directIdentity.password'],
    [{ command: 'cat', stdin: 'no base64!', encoding: 'base64' }, 'stdin'],
    [{ command: 'cat', encoding: 'utf16' }, 'encoding'],
    [{ command: 'true', timeoutMs: 0 }, 'timeoutMs'],
    [{ command: 'true', timeoutMs: 600_001 }, 'timeoutMs'],
    [{ command: 'true', directIdentity: { username: '' } }, 'directIdentity.username'],
    [{ command: 'true', shell: 'zsh' }, 'shell'],
  ] as const)('is refused when the request is wrong: %j', async ([body, path]) => {
    const answer = await anna.call('POST', `/api/connection/${entryId}/exec`, body);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request', details: [{ path }] } });
  });
});
