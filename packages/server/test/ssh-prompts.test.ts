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

describe('a single question that hides its answer', () => {
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
    await using server = await startHostile({
      methods: ['password', 'keyboard-interactive'],
      converse: async (ask) => (await ask([hidden]))[0] === 'secret',
    });
    const opened: Opened = [];
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port, password: 'secret', opened }))));
    expect(error.message).toContain('refused the password');
    expect(opened).toEqual(['password']);
    expect(server.attempts.map(({ method }) => method)).toEqual(['none', 'password']);
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
    ['is one of several', [hidden, { prompt: 'Code', echo: false }]],
    ['is one of eleven', Array.from({ length: 11 }, () => hidden)],
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
