import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AppError, refuse } from '../../src/kernel/app-error.ts';
import type {
  Interaction,
  Connection,
  Hop,
  HostKeyCheck,
  KeyOffer,
  LoginOptions,
  LoginTimeouts,
  PasswordOffer,
  Prompt,
} from '../../src/protocols/protocol.ts';
import { Secret } from '../../src/vault/secret.ts';
import type { TestKey } from './signing-key.ts';

/** What a test logs in with, and what was opened of it. */
export interface TestCredential {
  readonly key?: TestKey;
  readonly password?: string;
  /** What a person types who is asked for a password. */
  readonly typedPassword?: string;
}

/** Counts what a login opened, in the order in which it did. */
export type Opened = string[];

export interface HopSetup extends TestCredential {
  readonly host?: string;
  readonly port: number;
  readonly username?: string;
  readonly hostKeys?: HostKeyCheck;
  readonly legacyAlgorithms?: boolean;
  readonly opened?: Opened;
}

export function makeHop({ host = '127.0.0.1', port, username = 'nobody', opened = [], ...rest }: HopSetup): Hop {
  const { key, password, typedPassword } = rest;
  return {
    host,
    port,
    username,
    hostKeys: rest.hostKeys ?? acceptAny(),
    legacyAlgorithms: rest.legacyAlgorithms ?? false,
    credential: {
      offers: [
        ...(key === undefined ? [] : [keyOffer(key, opened)]),
        ...(password === undefined ? [] : [passwordOffer(password, opened)]),
        ...(typedPassword === undefined ? [] : [passwordOffer(typedPassword, opened, true)]),
      ],
    },
  };
}

function keyOffer(key: TestKey, opened: Opened): KeyOffer {
  return {
    method: 'publickey',
    open: () => {
      opened.push('key');
      return Promise.resolve(key.open());
    },
  };
}

function passwordOffer(password: string, opened: Opened, asksPerson = false): PasswordOffer {
  return {
    method: 'password',
    asksPerson,
    open: () => {
      opened.push(asksPerson ? 'typed password' : 'password');
      return Promise.resolve(Secret.fromText(password));
    },
  };
}

export function acceptAny(): HostKeyCheck {
  return { pinnedAlgorithms: [], allowsPassword: true, verify: () => Promise.resolve() };
}

/** Accepts the keys of these `type base64` lines and nothing else, as a pinned entry does. */
export function pinned(lines: readonly string[]): HostKeyCheck {
  return {
    pinnedAlgorithms: lines.map((line) => line.split(' ')[0] ?? ''),
    allowsPassword: true,
    verify(offered: HostKeyFacts) {
      if (lines.includes(offered.publicKey)) return Promise.resolve();
      const hostKey = { entryId: 1, host: '127.0.0.1', port: 22, offered, pinned: [] };
      const { algorithm, fingerprint } = offered;
      const shown = { host: '127.0.0.1', port: 22, algorithm, fingerprint };
      const code = lines.length === 0 ? 'host_key_unknown' : 'host_key_changed';
      return Promise.reject(refuse(code, shown, { facts: { hostKey } }));
    },
  };
}

/** A person for tests: the questions, and the answers given. Without `answer`, the login is unattended. */
export function attend(answer?: (prompts: readonly Prompt[]) => readonly string[]) {
  const steps: Step[] = [];
  const asked: { title: string; instructions: string; prompts: readonly Prompt[] }[] = [];
  const interaction: Interaction = {
    onStep: (step) => steps.push(step),
    ...(answer && {
      ask: (title, instructions, prompts) => {
        asked.push({ title, instructions, prompts });
        return Promise.resolve(answer(prompts).map((text) => Secret.fromText(text)));
      },
    }),
  };
  return { interaction, steps, asked };
}

/** Long enough for any machine. */
export const loginTimeouts: LoginTimeouts = {
  handshakeMs: 60_000,
  authenticationMs: 60_000,
  questionMs: 60_000,
  channelMs: 60_000,
  silenceMs: 120_000,
};

export function loginOptions(hop: Hop, options: Partial<LoginOptions> & { jumps?: readonly Hop[] } = {}): LoginOptions {
  const { jumps = [], ...rest } = options;
  return {
    target: { jumps, hop },
    egress: () => Promise.resolve(true),
    interaction: { onStep: () => undefined },
    timeouts: loginTimeouts,
    signal: new AbortController().signal,
    ...rest,
  };
}

/** Runs a command to its end. */
export async function execute(connection: Connection, command: string) {
  const { stdin, stdout, stderr, exited } = await connection.openCommand(command);
  stdin.end();
  const [out, err, exit] = await Promise.all([text(stdout), text(stderr), exited]);
  return { out, err, ...exit };
}

async function text(stream: Readable): Promise<string> {
  return (await buffer(stream)).toString();
}

/** The `AppError` that a login fails with. */
export async function failure(login: Promise<Connection>): Promise<AppError> {
  const error: unknown = await login.then(
    async (connection) => {
      await connection[Symbol.asyncDispose]();
      return new Error('the login was expected to fail');
    },
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}
