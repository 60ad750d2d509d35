import { stepSchema, type Problem, type Step } from '@gatehouse/contract/problem';
import { sessionCloseCode, type TerminalServerFrame } from '@gatehouse/contract/terminal-frames';

/** What the server asks the person during a login. */
export type Question = Extract<TerminalServerFrame, { t: 'question' }>;

/**
 * Why there is no session (any more). `error` is a code of the API, `session_ended`, or one of the app: `unreachable`, `session_gone`,
 * `session_interrupted`, `not_connected`.
 */
export interface Failure {
  readonly error: string;
  readonly message: string;
  readonly messageCode?: Problem['messageCode'];
  readonly messageParams?: Problem['messageParams'];
  readonly hostKey?: Problem['hostKey'];
}

/** The phase of a connection. */
export type Phase =
  | { readonly kind: 'new' }
  /** No stored identity can be used; the person enters a credential. */
  | { readonly kind: 'asks' }
  | { readonly kind: 'connecting'; readonly question?: Question }
  /** A session from before a reload is joined again. */
  | { readonly kind: 'joining' }
  /** `silentSinceMs`: the server has not answered since then, since 1970. */
  | { readonly kind: 'open'; readonly silentSinceMs?: number }
  /** The socket is closed, the session may still exist. `retryAtMs` since 1970; absent during an attempt. */
  | { readonly kind: 'lost'; readonly attempt: number; readonly retryAtMs?: number }
  /** Another window has joined the session. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The progress of a connection. */
export interface Progress {
  readonly phase: Phase;
  readonly steps: readonly Step[];
  readonly sessionId?: number;
}

/** The events of a connection. */
export type ProgressEvent =
  | { readonly type: 'asking' }
  | { readonly type: 'opening' }
  | { readonly type: 'joining' }
  | { readonly type: 'prepared'; readonly sessionId: number }
  | { readonly type: 'frame'; readonly frame: TerminalServerFrame }
  | { readonly type: 'answered'; readonly id: number }
  /** The server does not answer since then; undefined: it does again. */
  | { readonly type: 'silent'; readonly sinceMs: number | undefined }
  /** The socket closed with this code; if it is to be opened again, then at `retryAtMs`. */
  | { readonly type: 'closed'; readonly code: number; readonly retryAtMs: number }
  | { readonly type: 'refused'; readonly failure: Failure };

const { exited, failed, takenOver, ended } = sessionCloseCode;
/** After these, the session is over. */
const finalCodes: ReadonlySet<number> = new Set([exited, failed, ended]);

/** The progress after an event; a pure function, so that tests can try every order of events. */
export function advance(progress: Progress, event: ProgressEvent): Progress {
  switch (event.type) {
    case 'asking':
      return { phase: { kind: 'asks' }, steps: [] };
    case 'opening':
      return { phase: { kind: 'connecting' }, steps: [] };
    case 'joining':
      return { ...progress, phase: joining(progress.phase) };
    case 'prepared':
      // The server sends all steps again after a join.
      return { ...progress, steps: [], sessionId: event.sessionId };
    case 'frame':
      return applyFrame(progress, event.frame);
    case 'answered':
      return isPending(progress.phase, event.id) ? { ...progress, phase: { kind: 'connecting' } } : progress;
    case 'silent':
      return progress.phase.kind === 'open' ? { ...progress, phase: open(event.sinceMs) } : progress;
    case 'closed':
      return { ...progress, phase: closed(progress.phase, event) };
    case 'refused':
      return { ...progress, phase: { kind: 'failed', failure: event.failure } };
  }
}

/** Whether the session has ended. */
export function isOver({ kind }: Phase): boolean {
  return kind === 'exited' || kind === 'failed';
}

/** Whether there is, or was, a shell: its screen says more than the steps of the login. */
export function hadShell({ phase, steps }: Progress): boolean {
  if (phase.kind === 'failed')
    return steps.some(({ step, status, hop }) => step === 'channel' && status === 'ok' && hop === undefined);
  return !['new', 'asks', 'connecting', 'joining'].includes(phase.kind);
}

/** Whether the server refused the authentication. */
export function wasLoginRefused(progress: Progress): boolean {
  return progress.phase.kind === 'failed' && wasAnyRefused(progress);
}

/** Whether the server refused an authentication of the login, even if a later one succeeded, for example with what a person answered. */
export function wasAnyRefused({ steps }: Progress): boolean {
  return steps.some(({ step, status, hop }) => step === 'auth' && status === 'failed' && hop === undefined);
}

function open(silentSinceMs?: number): Phase {
  return { kind: 'open', ...(silentSinceMs === undefined ? {} : { silentSinceMs }) };
}

function joining(phase: Phase): Phase {
  return phase.kind === 'lost' ? { kind: 'lost', attempt: phase.attempt } : { kind: 'joining' };
}

function isPending(phase: Phase, id: number): boolean {
  return phase.kind === 'connecting' && phase.question?.id === id;
}

function closed(phase: Phase, { code, retryAtMs }: Extract<ProgressEvent, { type: 'closed' }>): Phase {
  if (isOver(phase)) return phase;
  if (code === takenOver) return { kind: 'elsewhere' };
  if (finalCodes.has(code)) return { kind: 'exited', code: null, signal: null };
  return { kind: 'lost', attempt: phase.kind === 'lost' ? phase.attempt + 1 : 1, retryAtMs };
}

function applyFrame(progress: Progress, frame: TerminalServerFrame): Progress {
  switch (frame.t) {
    case 'step':
      return { ...progress, steps: [...progress.steps, stepSchema.parse(frame)] };
    case 'question':
      return { ...progress, phase: { kind: 'connecting', question: frame } };
    case 'ready':
      return { ...progress, phase: open() };
    case 'exit':
      return { ...progress, phase: { kind: 'exited', code: frame.code, signal: frame.signal } };
    case 'error': {
      const { error, message, messageCode, messageParams, hostKey } = frame;
      const failure = { error, message, messageCode, messageParams, hostKey };
      return { ...progress, phase: { kind: 'failed', failure } };
    }
    case 'pong':
      return progress;
  }
}
