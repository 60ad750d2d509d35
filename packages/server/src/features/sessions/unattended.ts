import type { HostKeyFacts, ProblemCode, Step } from '@gatehouse/contract/problem';
import { AppError } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Book } from './registry/record.ts';
import { prepare, type Context } from './context.ts';
import { execute, type Command } from './kinds/exec/run-command.ts';
import type { Ending } from './registry/registry.ts';
import { connect, scan } from './connect/login.ts';

/** Every type of host key is a handshake of its own. */
const scanTimeoutMs = 60_000;
const testTimeoutMs = 60_000;

type Request = Parameters<typeof prepare>[2];
type Opening = Omit<Request, 'use'>;

/** Runs a command; `sessionId` names its row. */
export function executeCommand(
  context: Context,
  caller: Caller,
  { command, stdin, timeoutMs, ...opening }: Opening & Command,
) {
  return withBook(context, caller, { ...opening, command, use: 'exec' }, async (book, { stop, onLoggedIn }) => {
    const { exit, ...result } = await execute({
      connect: async (company) => {
        const connection = await connect(context, book, company);
        onLoggedIn();
        return connection;
      },
      command: { command, stdin, timeoutMs },
      stop,
      onEnd: (end) => book.ended(end),
    });
    return { ...result, exitCode: exit.code, signal: exit.signal, sessionId: sessionIdOf(book) };
  });
}

/** Logs in and out again. A login that fails is an answer; whatever keeps it from being tried is thrown. */
export function testLogin(context: Context, caller: Caller, login: { entryId: number; identityId: number }) {
  return withBook(context, caller, { ...login, use: 'test' }, async (book, { stop }) => {
    const steps: Step[] = [];
    const signal = AbortSignal.any([stop, AbortSignal.timeout(testTimeoutMs)]);
    try {
      await using connection = await connect(context, book, { onStep: (step) => void steps.push(step), signal });
      return { ok: true, steps, message: `The login works (${connection.method}).` };
    } catch (error) {
      if (error instanceof AppError && error.code === 'login_failed')
        return { ok: false, steps, message: error.message };
      throw error;
    }
  });
}

/** The host keys that an entry's server offers now. */
export function scanServer(context: Context, caller: Caller, entryId: number): Promise<readonly HostKeyFacts[]> {
  return withBook(context, caller, { entryId, use: 'scan' }, (book, { stop }) =>
    scan(context, book, AbortSignal.any([stop, AbortSignal.timeout(scanTimeoutMs)])),
  );
}

const codes: Readonly<Record<Ending['cause'], ProblemCode>> = {
  revoked: 'forbidden',
  person: 'conflict',
  abandoned: 'timed_out',
  idle: 'timed_out',
  shutdown: 'unavailable',
};

interface Running {
  readonly stop: AbortSignal;
  /** To be called once its logins are done, where something follows them. */
  readonly onLoggedIn: () => void;
}

/** Does something on a server that ends with the request, or before it where it must. */
async function withBook<T>(
  context: Context,
  caller: Caller,
  request: Request,
  work: (book: Book, running: Running) => Promise<T>,
): Promise<T> {
  const place = context.live.enter(caller);
  try {
    const book = await prepare(context, caller, request);
    const stop = new AbortController();
    place.occupy({
      id: book.sessionId,
      grant: book.login.grant,
      end: ({ cause, words }) => {
        stop.abort(new AppError(codes[cause], `The session was ended: ${words}.`));
      },
    });
    return await work(book, {
      stop: stop.signal,
      onLoggedIn: () => {
        place.loggedIn();
      },
    });
  } finally {
    place.leave();
  }
}

function sessionIdOf({ sessionId }: Book): number {
  if (sessionId === null) throw new Error('a command is a session');
  return sessionId;
}
