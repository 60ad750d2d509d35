import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Step } from '@gatehouse/contract/problem';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { targetOf, type AuthorizedTarget, type ForGranted } from '../src/access/login-target.ts';
import type { AppError } from '../src/kernel/app-error.ts';
import type { Dial, Hop, LoginOptions, Target } from '../src/protocols/protocol.ts';
import { dial } from '../src/protocols/ssh/dial.ts';
import { account as ownerOf, config, entryWorld } from './entry-world.ts';
import { closedPort } from './closed-port.ts';
import { listen, type TestServer } from './ssh-servers/tcp-server.ts';
import { attend, loginOptions, makeHop, pinned } from './ssh-servers/login.ts';
import { makeKey } from './ssh-servers/signing-key.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';
import { temporarySqlite } from './temporary-sqlite.ts';

const key = makeKey('ed25519');
const patience = { timeout: 30_000 };
let account: TestAccount;
let sshd: Sshd;
/** Speaks no SSH: it sends back what it gets. */
let echo: TestServer;
let open = 0;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys: [key.authorizedKey] });
  echo = await listen((socket) => {
    open += 1;
    socket.on('close', () => (open -= 1));
    socket.pipe(socket);
  });
});

afterAll(async () => {
  await echo[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

function jumpHost(): Hop {
  return makeHop({ username: account.username, port: sshd.port, hostKeys: pinned(sshd.hostKeys), key });
}

function options(more: Partial<LoginOptions> & { readonly jumps?: readonly Hop[] } = {}): LoginOptions {
  return loginOptions(makeHop({ port: echo.port }), more);
}

async function echoOf(stream: Duplex, text: string): Promise<string> {
  stream.write(text);
  let got = '';
  while (got.length < text.length) got += String((await once(stream, 'data'))[0]);
  return got;
}

function inShort(steps: readonly Step[]): readonly string[] {
  return steps.map(({ step, status, hop }) => `${hop === undefined ? '' : 'jump host: '}${step} ${status}`);
}

function failureOf(dialling: Promise<Duplex>): Promise<AppError> {
  return dialling.then(
    () => Promise.reject(new Error('it was expected to fail')),
    (error: unknown) => error as AppError,
  );
}

describe('a server that speaks another protocol is reached', () => {
  test('straight', async () => {
    const { interaction, steps } = attend();
    const stream = await dial(options({ interaction }));
    expect(await echoOf(stream, 'hello')).toBe('hello');
    expect(inShort(steps)).toEqual(['dns skipped', 'tcp ok']);
    stream.destroy();
    await expect.poll(() => open, patience).toBe(0);
  });

  test('through jump hosts, whose steps are those of SSH; closing it ends them', async () => {
    const { interaction, steps } = attend();
    const stream = await dial(options({ interaction, jumps: [jumpHost(), jumpHost()] }));
    expect(await echoOf(stream, 'hello')).toBe('hello');
    const ofJumpHost = ['tcp ok', 'banner ok', 'kex ok', 'hostkey ok', 'auth ok'].map((step) => `jump host: ${step}`);
    const jump = ['jump host: dns skipped', ...ofJumpHost];
    expect(inShort(steps)).toEqual([...jump, ...jump, 'dns skipped', 'tcp ok']);
    stream.destroy();
    await expect.poll(() => open, patience).toBe(0);
  });

  test('with the target of a grant, and features are given it for no other', async () => {
    await using temporary = await temporarySqlite();
    const world = entryWorld(temporary.db);
    const caller = await world.person('someone');
    const own = { identities: [await world.identity(ownerOf(caller))] };
    const jump = await world.entries.create(caller, {
      name: 'jump',
      config: config(sshd.host, { port: sshd.port }),
      ...own,
    });
    const behind = config('127.0.0.1', { port: echo.port, jumpHosts: [jump] });
    const entryId = await world.entries.create(caller, { name: 'echo', config: behind });
    const grant = await world.access.authorizeUse(caller, { entryId, use: 'scan' });
    const target = await targetOf(grant, () => Promise.resolve(jumpHost()));
    const granted: ForGranted<Dial> = dial;
    const stream = await granted({ ...options(), target });
    expect(await echoOf(stream, 'granted')).toBe('granted');
    stream.destroy();
    expectTypeOf<Target>().not.toExtend<AuthorizedTarget>();
    expectTypeOf<LoginOptions>().not.toExtend<Parameters<ForGranted<Dial>>[0]>();
  });
});

describe('it is not reached', () => {
  test('where the egress policy denies it to the jump host', async () => {
    const egress = ({ port, from }: { port: number; from: string }) =>
      Promise.resolve(!(from === 'jump-host' && port === echo.port));
    const error = await failureOf(dial(options({ egress, jumps: [jumpHost()] })));
    expect(error).toMatchObject({ code: 'destination_denied' });
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'tcp', status: 'failed' });
  });

  test('where nothing listens, and the log says so', async () => {
    await using closed = await closedPort();
    const target = { jumps: [jumpHost()], hop: makeHop({ port: closed.port }) };
    const error = await failureOf(dial({ ...options(), target }));
    expect(error).toMatchObject({ code: 'login_failed' });
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'tcp', status: 'failed' });
  });

  test('once it is called off', async () => {
    const error = await failureOf(dial(options({ signal: AbortSignal.abort(), jumps: [jumpHost()] })));
    expect(error).toMatchObject({ code: 'timed_out' });
  });
});
