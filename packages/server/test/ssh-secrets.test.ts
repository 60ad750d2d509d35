import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PasswordOffer } from '../src/protocols/protocol.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import { Secret } from '../src/vault/secret.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { attend, failure, loginOptions, makeHop } from './ssh-servers/login.ts';

const ciphers = ['aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com', 'aes256-ctr'] as const;
const password = 'pässword €';
/** Empty, shorter than anything that is unique in a packet, not ASCII, like the method's name, long. */
const answers = ['', 'x', '\0\0', 'é€𝄞', 'password', 'root', 'a'.repeat(3_000)];
const hidden = { prompt: 'Password: ', echo: false };

describe.each(ciphers)('under %s', (cipher) => {
  const algorithms = { cipher: [cipher] };

  test('a password arrives as it is stored', async () => {
    await using server = await startHostile({
      algorithms,
      methods: ['password'],
      accept: (attempt) => attempt.password === password,
    });
    await using connection = await logIn(loginOptions(makeHop({ port: server.port, password })));
    expect(connection.method).toBe('password');
  });

  test('answers arrive as they were given, whatever their length', async () => {
    await using server = await startHostile({
      algorithms,
      methods: ['keyboard-interactive'],
      converse: async (ask) => (await ask(answers.map(() => hidden))).length === answers.length,
    });
    const { interaction } = attend(() => answers);
    await using connection = await logIn(loginOptions(makeHop({ port: server.port }), { interaction }));
    expect(connection.method).toBe('keyboard-interactive');
    expect(server.attempts.flatMap((attempt) => attempt.answers ?? [])).toEqual(answers);
  });
});

describe('every secret that a login opened is destroyed', () => {
  const opened: Secret[] = [];

  beforeEach(() => {
    const make = Secret.fromText.bind(Secret);
    vi.spyOn(Secret, 'fromText').mockImplementation((text) => {
      const secret = make(text);
      opened.push(secret);
      return secret;
    });
  });

  afterEach(() => {
    vi.restoreAllMocks();
    opened.length = 0;
  });

  function expectDestroyed(count: number): void {
    expect(opened).toHaveLength(count);
    for (const secret of opened) expect(() => secret.expose((bytes) => bytes.length)).toThrow('destroyed');
  }

  test('when the password is accepted', async () => {
    await using server = await startHostile({ methods: ['password'], accept: () => true });
    await using connection = await logIn(loginOptions(makeHop({ port: server.port, password })));
    expect(connection.method).toBe('password');
    expectDestroyed(1);
  });

  test('when the password is refused', async () => {
    await using server = await startHostile({ methods: ['password'] });
    await failure(logIn(loginOptions(makeHop({ port: server.port, password }))));
    expectDestroyed(1);
  });

  test.each([true, false])('when answers get the verdict %s', async (verdict) => {
    await using server = await startHostile({
      methods: ['keyboard-interactive'],
      converse: async (ask) => (await ask([hidden])).length > 0 && (await ask([hidden, hidden])).length > 0 && verdict,
    });
    const { interaction } = attend((prompts) => prompts.map(() => 'answer'));
    const login = logIn(loginOptions(makeHop({ port: server.port, password }), { interaction }));
    if (verdict) await (await login)[Symbol.asyncDispose]();
    else await failure(login);
    // After a refusal, the stored password may be out of date, and the person is asked once more.
    expectDestroyed(verdict ? 3 : 6);
  });

  test('when there are more answers than questions', async () => {
    await using server = await startHostile({
      methods: ['keyboard-interactive'],
      converse: async (ask) => (await ask([hidden])).length > 0,
    });
    const { interaction } = attend(() => ['one', 'too many']);
    await expect(logIn(loginOptions(makeHop({ port: server.port }), { interaction }))).rejects.toThrow();
    expectDestroyed(2);
  });

  test('when the login was stopped while it was opened', async () => {
    await using server = await startHostile({ methods: ['password'], accept: () => true });
    const stop = new AbortController();
    const hop = makeHop({ port: server.port, password });
    const { promise: isOpen, resolve: open } = Promise.withResolvers<undefined>();
    const lateOffer: PasswordOffer = {
      method: 'password',
      asksPerson: false,
      async open() {
        stop.abort();
        await isOpen;
        return Secret.fromText(password);
      },
    };
    const late = { ...hop, credential: { offers: [lateOffer] } };
    await failure(logIn(loginOptions(late, { signal: stop.signal })));
    open(undefined);
    await vi.waitFor(() => {
      expectDestroyed(1);
    }, 30_000);
  });
});
