import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { ServerChannel } from 'ssh2';
import { describe, expect, test } from 'vitest';
import type { Connection, Interaction } from '../src/protocols/protocol.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import { startHostile, type HostileOptions, type HostileServer } from './ssh-servers/hostile.ts';
import { attend, loginOptions, loginTimeouts, makeHop } from './ssh-servers/login.ts';

/** A keepalive is sent after every quarter of it in which nothing came. */
const silenceMs = 400;
/** Seldom enough for keepalives between them, and together far longer than a server may be silent. */
const pieceEveryMs = 150;
const pieces = 6;

function start(options: HostileOptions): Promise<HostileServer> {
  return startHostile({ methods: ['password'], accept: () => true, onChannel: () => undefined, ...options });
}

function to(target: HostileServer, jumps: readonly HostileServer[], interaction?: Interaction): Promise<Connection> {
  const hop = ({ port }: HostileServer) => makeHop({ port, password: 'secret' });
  return logIn(
    loginOptions(hop(target), {
      jumps: jumps.map(hop),
      timeouts: { ...loginTimeouts, silenceMs },
      ...(interaction && { interaction }),
    }),
  );
}

/** Sends output until the channel closes, whether or not anything else is answered. */
function printOnAndOn(channel: ServerChannel): void {
  const timer = setInterval(() => channel.write('.'), pieceEveryMs);
  channel.on('close', () => {
    clearInterval(timer);
  });
}

async function read(stream: Readable): Promise<void> {
  for (let seen = 0; seen < pieces;) {
    const [bytes] = (await once(stream, 'data')) as [Buffer];
    seen += bytes.length;
  }
}

const channels = {
  'a terminal': async (connection: Connection) =>
    (await connection.openTerminal({ cols: 80, rows: 24, term: 'xterm' })).stream,
  'a command': async (connection: Connection) => (await connection.openCommand('anything')).stdout,
};

type Open = (typeof channels)[keyof typeof channels];

async function expectCut(server: HostileServer, jumps: readonly HostileServer[], open: Open): Promise<void> {
  const { interaction, steps } = attend();
  await using connection = await to(server, jumps, interaction);
  (await open(connection)).resume();
  await connection.closed;
  const failed = steps.filter(({ status }) => status === 'failed');
  expect(failed).toContainEqual(expect.objectContaining({ step: 'channel', detailCode: 'server_silent' }));
  await expect.poll(server.open, { timeout: 10_000 }).toBe(0);
}

describe.for(Object.entries(channels))('%s', ([, open]) => {
  test('goes on at a server that answers no keepalive, but sends output', async () => {
    let ignored = 0;
    await using server = await start({
      onChannel: printOnAndOn,
      onGlobalRequest: () => {
        ignored += 1;
        return 'ignore';
      },
    });
    await using connection = await to(server, []);
    let isClosed = false;
    void connection.closed.then(() => (isClosed = true));
    await read(await open(connection));
    expect(isClosed).toBe(false);
    expect(ignored).toBeGreaterThan(0);
  });

  test('ends at a server that sends nothing any more', async () => {
    await using server = await start({ onGlobalRequest: () => 'ignore' });
    await expectCut(server, [], open);
  });
});

test('a connection goes on behind a jump host that answers no keepalive', async () => {
  await using jump = await start({ forwards: true, onGlobalRequest: () => 'ignore' });
  await using server = await start({ onChannel: printOnAndOn });
  await using connection = await to(server, [jump]);
  let isClosed = false;
  void connection.closed.then(() => (isClosed = true));
  await read(await channels['a command'](connection));
  expect(isClosed).toBe(false);
});

test('a connection goes on at a server that sends nothing but answers to keepalives', async () => {
  const enough = Promise.withResolvers<undefined>();
  let answered = 0;
  await using server = await start({
    onGlobalRequest: () => {
      answered += 1;
      if (answered === 12) enough.resolve(undefined);
      return 'refuse';
    },
  });
  await using connection = await to(server, []);
  const stream = await channels['a command'](connection);
  await enough.promise;
  expect(stream.destroyed).toBe(false);
});

test('a connection ends behind a jump host when both send nothing any more', async () => {
  await using jump = await start({ forwards: true, onGlobalRequest: () => 'ignore' });
  await using server = await start({ onGlobalRequest: () => 'ignore' });
  await expectCut(server, [jump], channels['a command']);
});
