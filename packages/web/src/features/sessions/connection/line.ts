import { endConnection, openConnection, rejoinConnection } from '@gatehouse/contract/connections';
import { getEntry } from '@gatehouse/contract/entries';
import { call, problemOf } from '../../../lib/api.ts';
import { observable, type Observable } from '../../../lib/observable.ts';
import type { Size, Target } from '../terminal/target.ts';
import { createAcknowledger } from './acknowledge.ts';
import { backoffMs } from './backoff.ts';
import { advance, isOver, wasLoginRefused, type Failure, type Progress, type ProgressEvent } from './progress.ts';
import { remembered, type Typed } from './remembered.ts';
import { openSocket, type TerminalSocket } from './terminal-socket.ts';

/** What to log in with: a stored identity, or what a person typed. */
export type Choice = { readonly identityId: number } | Typed;

/** Where output goes. */
export interface Sink {
  /** `onWritten` is called when the bytes have been worked off, not when they were taken. */
  readonly write: (bytes: Uint8Array, onWritten: () => void) => void;
  /** The scrollback of a joined session follows, from its beginning. */
  readonly startReplay: () => void;
}

interface LineOptions {
  readonly target: Target;
  /** A session to join; without it, `open` makes one. */
  readonly sessionId: number | undefined;
  readonly size: () => Size;
  readonly sink: Sink;
  readonly onPrepared: (sessionId: number) => void;
}

/** The way from a pane to its session. It finds a lost session again by itself. */
export interface Line {
  readonly progress: Pick<Observable<Progress>, 'get' | 'subscribe'>;
  /** A new session, with what is chosen, else as the last time; what there was is left behind. */
  readonly open: (choice?: Choice) => void;
  /** Asks the person what to log in with. */
  readonly ask: () => void;
  /** Joins the session again, at once. */
  readonly join: () => void;
  /** The username that a person typed for the last try; undefined where a stored identity was taken. */
  readonly typedUsername: () => string | undefined;
  readonly answer: (id: number, values: readonly string[]) => void;
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly resize: (size: Size) => void;
  /** Ends the session on the server; the line is of no use any more. */
  readonly end: () => void;
  /** Lets go of the socket; the session waits for whoever joins it. */
  readonly leave: () => void;
}

/** Makes a line that does nothing yet. */
// eslint-disable-next-line max-lines-per-function -- one closure over the state of one connection; it is to be split with its next change
export function createLine(options: LineOptions): Line {
  const { target, sessionId } = options;
  const progress = observable<Progress>({
    phase: { kind: 'new' },
    steps: [],
    ...(sessionId === undefined ? {} : { sessionId }),
  });
  const happen = (event: ProgressEvent) => {
    progress.set(advance(progress.get(), event));
    // Kept, it would be refused with every connection until the page is closed.
    if (wasLoginRefused(progress.get()) && typed() !== undefined) remembered.forget(target.entryId);
  };
  let choice: Choice | undefined;
  /** What the last attempt was made with. */
  let tried: Choice | undefined;
  const typed = () => (tried !== undefined && 'direct' in tried ? tried.direct : undefined);
  let socket: TerminalSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  /** Rises with each attempt, so that the answer to an earlier one is not taken for this one's. */
  let round = 0;

  function begin(): number {
    clearTimeout(retry);
    socket?.leave();
    socket = undefined;
    return ++round;
  }

  function lost(code: number): void {
    const { phase } = progress.get();
    const waitMs = backoffMs(phase.kind === 'lost' ? phase.attempt + 1 : 1);
    happen({ type: 'closed', code, retryAtMs: Date.now() + waitMs });
    if (progress.get().phase.kind === 'lost') retry = setTimeout(join, waitMs);
  }

  function attach(ticket: { readonly sessionId: number; readonly ticket: string }): void {
    happen({ type: 'prepared', sessionId: ticket.sessionId });
    const acknowledge = createAcknowledger((bytes) => {
      joined.tell({ t: 'ack', bytes });
    });
    const joined = openSocket(ticket, {
      onBytes: (bytes) => {
        options.sink.write(bytes, () => {
          acknowledge(bytes.byteLength);
        });
      },
      onFrame: (frame) => {
        if (frame.t === 'ready') {
          if (frame.resumed) options.sink.startReplay();
          joined.tell({ t: 'resize', ...options.size() });
        }
        happen({ type: 'frame', frame });
      },
      onClose: lost,
    });
    socket = joined;
  }

  function open(wanted?: Choice): void {
    const mine = begin();
    if (wanted !== undefined) choice = wanted;
    happen({ type: 'opening' });
    tried = choice ?? usualChoice(target);
    prepare(target.entryId, tried, options.size()).then(
      (ticket) => {
        if (mine !== round) {
          if (ticket !== undefined) endQuietly(ticket.sessionId);
        } else if (ticket === undefined) happen({ type: 'asking' });
        else {
          options.onPrepared(ticket.sessionId);
          attach(ticket);
        }
      },
      (error: unknown) => {
        if (mine === round) happen({ type: 'refused', failure: failureOf(error) });
      },
    );
  }

  function join(): void {
    const { sessionId: known } = progress.get();
    if (known === undefined) return;
    const mine = begin();
    happen({ type: 'joining' });
    call(rejoinConnection, { params: { sessionId: String(known) } }).then(
      (ticket) => {
        if (mine === round) attach(ticket);
      },
      (error: unknown) => {
        if (mine !== round) return;
        const failure = failureOf(error);
        if (passing.has(failure.error)) lost(0);
        else happen({ type: 'refused', failure: failure.error === 'not_found' ? gone : failure });
      },
    );
  }

  return {
    progress,
    open,
    join,
    ask() {
      begin();
      happen({ type: 'asking' });
    },
    typedUsername: () => typed()?.username,
    answer(id, values) {
      socket?.tell({ t: 'answer', id, values: [...values] });
      happen({ type: 'answered', id });
    },
    send(bytes) {
      socket?.send(bytes);
    },
    resize(size) {
      socket?.tell({ t: 'resize', ...size });
    },
    end() {
      begin();
      const { sessionId: known, phase } = progress.get();
      if (known !== undefined && !isOver(phase)) endQuietly(known);
    },
    leave() {
      begin();
    },
  };
}

/** What the answer to a try says that is over after a while: the session is still there. */
const passing: ReadonlySet<string> = new Set([
  'unreachable',
  'unavailable',
  'request_timeout',
  'too_many_requests',
  'timed_out',
]);

const gone: Failure = { error: 'session_gone', message: '' };

function usualChoice({ entryId, identityId }: Target): Choice | undefined {
  if (identityId !== undefined) return { identityId };
  return remembered.of(entryId);
}

/** Undefined where a person has to say what to log in with: nothing is stored, or what was typed was meant for another destination. */
async function prepare(entryId: number, choice: Choice | undefined, size: Size) {
  if (choice === undefined) {
    const { links, inherited } = await call(getEntry, { params: { entryId: String(entryId) } });
    if (links.length === 0 && inherited === null) return undefined;
  }
  try {
    return await call(openConnection, { body: { entryId, ...size, ...inBody(choice) } });
  } catch (error) {
    const code = problemOf(error)?.error;
    if (code === 'credential_required') return undefined;
    if (code === 'conflict' && choice !== undefined && 'direct' in choice) {
      remembered.forget(entryId);
      return undefined;
    }
    throw error;
  }
}

function inBody(choice: Choice | undefined) {
  if (choice === undefined) return {};
  return 'direct' in choice ? { directIdentity: choice.direct, destination: choice.destination } : choice;
}

function failureOf(error: unknown): Failure {
  const problem = problemOf(error);
  if (problem === undefined) return { error: 'unreachable', message: '' };
  const { hostKey } = problem;
  return { error: problem.error, message: problem.message, ...(hostKey && { hostKey }) };
}

function endQuietly(sessionId: number): void {
  // A session that nobody joins ends by itself; what cannot be reached now needs no words here.
  call(endConnection, { params: { sessionId: String(sessionId) } }).catch(() => undefined);
}
