import { describe, expect, test } from 'vitest';
import { logIn } from '../src/protocols/ssh/login.ts';
import { startHostile, type AskClient } from './ssh-servers/hostile.ts';
import { attend, failure, loginOptions, makeHop, type Opened } from './ssh-servers/login.ts';

const hidden = { prompt: 'Password: ', echo: false };

/** A server that knows nothing but questions. */
function startAsking(converse: (ask: AskClient) => Promise<boolean>) {
  return startHostile({ methods: ['keyboard-interactive'], converse });
}

const alwaysYes = (prompts: readonly unknown[]) => prompts.map((_, i) => `answer ${i}`);

describe('a prompt for the password', () => {
  test('gets the stored password', async () => {
    await using server = await startAsking(async (ask) => (await ask([hidden]))[0] === 'secret');
    await using connection = await logIn(loginOptions(makeHop({ port: server.port, password: 'secret' })));
    expect(connection.method).toBe('keyboard-interactive');
  });

  test('gets the stored password once, and then asks the person', async () => {
    await using server = await startAsking(async (ask) => {
      await ask([hidden]);
      return (await ask([{ prompt: 'Code: ', echo: false }]))[0] === 'answer 0';
    });
    const opened: Opened = [];
    const { interaction, asked } = attend(alwaysYes);
    const hop = makeHop({ port: server.port, password: 'secret', opened });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('keyboard-interactive');
    expect(opened).toEqual(['password']);
    expect(asked.map(({ prompts }) => prompts)).toEqual([[{ text: 'Code:', echo: false }]]);
  });

  test('gets the stored password once, and then fails when unattended', async () => {
    await using server = await startAsking(async (ask) => {
      await ask([hidden]);
      await ask([hidden]);
      return true;
    });
    const opened: Opened = [];
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port, password: 'secret', opened }))));
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'auth', status: 'failed' });
    expect(error.facts.steps?.at(-1)?.hint).toBeDefined();
    expect(opened).toEqual(['password']);
    expect(server.attempts.flatMap(({ answers = [] }) => answers)).toEqual(['secret']);
  });

  test('does not get a password that was refused under its own name', async () => {
    // A server that names keyboard-interactive only after the method of that name.
    await using server = await startHostile({
      methods: ['password'],
      methodsAfter: ['password', 'keyboard-interactive'],
      converse: async (ask) => (await ask([hidden]))[0] === 'secret',
    });
    const opened: Opened = [];
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port, password: 'secret', opened }))));
    expect(error.message).toContain('refused the password');
    expect(opened).toEqual(['password']);
    expect(server.attempts.map(({ method }) => method)).toEqual(['none', 'password']);
  });

  test('gets the stored password before the method of that name, which does not get it again', async () => {
    await using server = await startHostile({
      methods: ['password', 'keyboard-interactive'],
      converse: async (ask) => (await ask([hidden]))[0] === 'another',
    });
    const opened: Opened = [];
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port, password: 'secret', opened }))));
    expect(error.message).toContain('refused the password');
    expect(opened).toEqual(['password']);
    expect(server.attempts.map(({ method }) => method)).toEqual(['none', 'keyboard-interactive']);
  });

  test('gets the stored password after a code that a person typed', async () => {
    await using server = await startAsking(async (ask) => {
      const [code] = await ask([{ prompt: 'Verification code: ', echo: false }]);
      return code === 'answer 0' && (await ask([hidden]))[0] === 'secret';
    });
    const { interaction, asked } = attend(alwaysYes);
    await using connection = await logIn(
      loginOptions(makeHop({ port: server.port, password: 'secret' }), { interaction }),
    );
    expect(connection.method).toBe('keyboard-interactive');
    expect(asked.map(({ prompts }) => prompts)).toEqual([[{ text: 'Verification code:', echo: false }]]);
  });

  test('gets the stored password as the first of several, and the person answers the others', async () => {
    const prompts = [{ prompt: 'Username: ', echo: true }, hidden, hidden, { prompt: 'Code: ', echo: false }];
    await using server = await startAsking(async (ask) => (await ask(prompts)).join() === 'a,secret,b,c');
    const { interaction, asked } = attend(() => ['a', 'b', 'c']);
    const hop = makeHop({ port: server.port, password: 'secret' });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('keyboard-interactive');
    expect(asked[0]?.prompts.map(({ text }) => text)).toEqual(['Username:', 'Password:', 'Code:']);
  });

  test('is asked of the person when the stored password was refused', async () => {
    await using server = await startAsking(async (ask) => (await ask([hidden]))[0] === 'answer 0');
    const { interaction, asked, steps } = attend(alwaysYes);
    const hop = makeHop({ port: server.port, password: 'out of date' });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('keyboard-interactive');
    expect(asked).toHaveLength(1);
    expect(server.attempts.flatMap(({ answers = [] }) => answers)).toEqual(['out of date', 'answer 0']);
    expect(steps.filter(({ step, detailCode }) => step === 'auth' && detailCode !== 'auth_waiting')).toMatchObject([
      { status: 'failed', detailCode: 'password_refused' },
      { status: 'ok' },
    ]);
  });

  test('gets nothing where the host key is not checked', async () => {
    await using server = await startAsking(async (ask) => (await ask([hidden])).length > 0);
    const opened: Opened = [];
    const hostKeys = { pinnedAlgorithms: [], allowsPassword: false, verify: () => Promise.resolve() };
    const { interaction, asked } = attend(alwaysYes);
    const hop = makeHop({ port: server.port, password: 'secret', hostKeys, opened });
    await failure(logIn(loginOptions(hop, { interaction })));
    expect([opened, asked]).toEqual([[], []]);
  });
});

describe('any other question', () => {
  test('without prompts is answered with nothing', async () => {
    await using server = await startAsking(async (ask) => (await ask([])).length === 0);
    await using connection = await logIn(loginOptions(makeHop({ port: server.port, password: 'secret' })));
    expect(connection.method).toBe('keyboard-interactive');
    expect(server.attempts.flatMap(({ answers = [] }) => answers)).toEqual([]);
  });

  test.for([
    ['shows its answer', [{ prompt: 'Type your key passphrase', echo: true }]],
    ['asks for a code', [{ prompt: 'Verification code: ', echo: false }]],
    ['asks for both in one', [{ prompt: 'Password & verification code: ', echo: false }]],
    ['asks for a one-time password', [{ prompt: "One-time password (OATH) for `ann': ", echo: false }]],
    ['is one of eleven', Array.from({ length: 11 }, () => ({ prompt: 'Code', echo: false }))],
  ] as const)('goes to the person when it %s', async ([, prompts]) => {
    await using server = await startAsking(async (ask) => (await ask(prompts)).length === prompts.length);
    const opened: Opened = [];
    const { interaction, asked } = attend(alwaysYes);
    const hop = makeHop({ port: server.port, password: 'secret', opened });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('keyboard-interactive');
    expect(asked[0]?.prompts.map(({ echo }) => echo)).toEqual(prompts.map(({ echo }) => echo));
    expect(opened).toEqual([]);
  });

  test('fails with a hint when it shows its answer in an unattended login', async () => {
    await using server = await startAsking(async (ask) => {
      await ask([{ prompt: 'Type your key passphrase', echo: true }]);
      return true;
    });
    const opened: Opened = [];
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port, password: 'secret', opened }))));
    expect(error.message).toContain('Type your key passphrase');
    expect(error.facts.steps?.at(-1)?.hint).toContain('unattended');
    expect([opened, server.attempts.flatMap(({ answers = [] }) => answers)]).toEqual([[], []]);
  });

  test.for(['Verification code: ', 'Password & verification code: ', "One-time password (OATH) for `ann': "])(
    'fails in an unattended login with its text: %s',
    async (prompt) => {
      await using server = await startAsking(async (ask) => (await ask([{ prompt, echo: false }])).length > 0);
      const opened: Opened = [];
      const error = await failure(logIn(loginOptions(makeHop({ port: server.port, password: 'secret', opened }))));
      expect(error.message).toContain(prompt.trim());
      expect(error.facts.steps?.at(-1)?.hint).not.toContain('Store a password');
      expect([opened, server.attempts.flatMap(({ answers = [] }) => answers)]).toEqual([[], []]);
    },
  );

  test('leads to the method password in an unattended login, and is named if that is refused', async () => {
    await using server = await startHostile({
      methods: ['password', 'keyboard-interactive'],
      accept: ({ password }) => password === 'right',
      converse: async (ask) => (await ask([{ prompt: 'Secret word: ', echo: false }])).length > 5,
    });
    await using connection = await logIn(loginOptions(makeHop({ port: server.port, password: 'right' })));
    expect(connection.method).toBe('password');
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port, password: 'wrong' }))));
    expect(error.message).toContain('Secret word:');
    const codes = error.facts.steps?.map(({ detailCode }) => detailCode).filter((code) => code !== 'auth_waiting');
    expect(codes?.slice(-3)).toEqual(['login_unattended', 'password_refused', 'login_unattended']);
  });

  test('of the server is named in an unattended login that has only a key', async () => {
    await using server = await startAsking(async (ask) => (await ask([hidden])).length > 5);
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port }))));
    expect(error.message).toContain('Password:');
    expect(error.facts.steps?.at(-1)?.hint).toContain('Store a password in the identity');
  });

  test('is shown without the messages before it, which are its instructions', async () => {
    const prompt = 'Your password has expired.\nChanging password for ann.\nCurrent password: ';
    await using server = await startAsking(async (ask) => (await ask([{ prompt, echo: false }])).length === 1);
    const { interaction, asked } = attend(alwaysYes);
    await using connection = await logIn(
      loginOptions(makeHop({ port: server.port, password: 'secret' }), { interaction }),
    );
    expect(connection.method).toBe('keyboard-interactive');
    expect(asked).toMatchObject([
      {
        instructions: 'Your password has expired. Changing password for ann.',
        prompts: [{ text: 'Current password:' }],
      },
    ]);
  });

  test('is refused unasked when it is one of forty', async () => {
    await using server = await startAsking(async (ask) => {
      await ask(Array.from({ length: 40 }, () => hidden));
      return true;
    });
    const opened: Opened = [];
    const { interaction, asked } = attend(alwaysYes);
    const hop = makeHop({ port: server.port, password: 'secret', opened });
    const error = await failure(logIn(loginOptions(hop, { interaction })));
    expect(error.code).toBe('login_failed');
    expect([asked, opened, server.attempts.flatMap(({ answers = [] }) => answers)]).toEqual([[], [], []]);
  });

  test('is not asked for ever', async () => {
    await using server = await startAsking(async (ask) => {
      for (;;) if ((await ask([{ prompt: 'Again', echo: true }])).length === 0) return false;
    });
    const { interaction, asked } = attend(alwaysYes);
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port }), { interaction })));
    expect(error.code).toBe('login_failed');
    expect(asked).toHaveLength(10);
  });

  test('is shown without control characters and not at any length', async () => {
    await using server = await startAsking(async (ask) => {
      const answers = await ask([{ prompt: `\u001b[2JRoot\u202e${'x'.repeat(10_000)}`, echo: true }], 'a\r\nb');
      return answers.length === 1;
    });
    const { interaction, asked } = attend(alwaysYes);
    await using connection = await logIn(loginOptions(makeHop({ port: server.port }), { interaction }));
    expect(connection.method).toBe('keyboard-interactive');
    expect(asked[0]?.title).toBe('a b');
    expect(asked[0]?.prompts[0]?.text).toMatch(/^\[2JRoot x{390,400}…$/);
  });
});

test('the log says that the server has not answered yet, and the login goes on', async () => {
  const { interaction, steps } = attend(alwaysYes);
  const isNoted = () => steps.some(({ detailCode }) => detailCode === 'auth_waiting');
  await using server = await startAsking(async (ask) => {
    await ask([{ prompt: 'Code: ', echo: true }]);
    await expect.poll(isNoted).toBe(true);
    return true;
  });
  await using connection = await logIn(loginOptions(makeHop({ port: server.port }), { interaction }));
  expect(connection.method).toBe('keyboard-interactive');
  const waiting = steps.filter(({ detailCode }) => detailCode === 'auth_waiting');
  expect(waiting).toMatchObject([{ step: 'auth', status: 'skipped' }]);
});

test('the log shows what a request without prompts tells', async () => {
  const { interaction, steps } = attend();
  await using server = await startAsking(async (ask) => {
    await ask([], 'Maintenance\u001b[2J tonight');
    return (await ask([hidden]))[0] === 'secret';
  });
  await using connection = await logIn(
    loginOptions(makeHop({ port: server.port, password: 'secret' }), { interaction }),
  );
  expect(connection.method).toBe('keyboard-interactive');
  const told = steps.filter(({ detailCode }) => detailCode === 'auth_banner');
  expect(told).toMatchObject([{ step: 'auth', detail: 'The server says: Maintenance [2J tonight' }]);
});

test('the log shows the banner before authentication without control characters', async () => {
  const { interaction, steps } = attend();
  await using server = await startHostile({ accept: () => true, banner: 'Authorized\r\n\u001b[2Jusers only\n' });
  await using connection = await logIn(
    loginOptions(makeHop({ port: server.port, password: 'secret' }), { interaction }),
  );
  expect(connection.method).toBeDefined();
  const banner = steps.filter(({ detailCode }) => detailCode === 'auth_banner');
  expect(banner).toMatchObject([{ step: 'auth', detail: 'The server says: Authorized\n [2Jusers only' }]);
});

test('the log shows a banner as long as a packet whole, whatever its script', async () => {
  const { interaction, steps } = attend();
  const text = '規'.repeat(11_000);
  await using server = await startHostile({ accept: () => true, banner: text });
  await using connection = await logIn(
    loginOptions(makeHop({ port: server.port, password: 'secret' }), { interaction }),
  );
  expect(connection.method).toBeDefined();
  const banner = steps.find(({ detailCode }) => detailCode === 'auth_banner');
  expect(banner?.detailParams).toEqual({ text });
});
