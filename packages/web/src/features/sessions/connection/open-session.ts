import { endConnection, openConnection } from '@gatehouse/contract/connections';
import { getEntry } from '@gatehouse/contract/entries';
import { call, problemOf } from '../../../lib/api.ts';
import type { Size, Target } from '../terminal/target.ts';
import type { Failure } from './progress.ts';
import { typedCredentials, type TypedCredential } from './typed-credentials.ts';

/** What to log in with: a stored identity, or what a person typed. */
export type Choice = { readonly identityId: number } | TypedCredential;

/** What a socket needs to join a session. */
export interface SessionTicket {
  readonly sessionId: number;
  readonly ticket: string;
}

/** The choice of a target for which the person has not chosen anything in this pane. */
export function defaultChoice({ entryId, identityId }: Target): Choice | undefined {
  if (identityId !== undefined) return { identityId };
  return typedCredentials.get(entryId);
}

/**
 * Opens a session on the server. Undefined where the person has to choose what to log in with: nothing is stored, or what they typed was meant
 * for another destination.
 */
export async function openSession(
  entryId: number,
  choice: Choice | undefined,
  size: Size,
): Promise<SessionTicket | undefined> {
  if (choice === undefined) {
    const { links, inherited } = await call(getEntry, { params: { entryId: String(entryId) } });
    if (links.length === 0 && inherited === null) return undefined;
  }
  try {
    return await call(openConnection, { body: { entryId, ...size, ...bodyOf(choice) } });
  } catch (error) {
    const code = problemOf(error)?.error;
    if (code === 'credential_required') return undefined;
    if (code === 'conflict' && choice !== undefined && 'direct' in choice) {
      typedCredentials.forget(entryId);
      return undefined;
    }
    throw error;
  }
}

/** Ends a session without waiting for the result: one that no client joins ends by itself. */
export function endSession(sessionId: number): void {
  call(endConnection, { params: { sessionId: String(sessionId) } }).catch(() => undefined);
}

/** The reason of a request that failed. */
export function failureOf(error: unknown): Failure {
  const problem = problemOf(error);
  if (problem === undefined) return { error: 'unreachable', message: '' };
  const { error: code, message, messageCode, messageParams, hostKey } = problem;
  return { error: code, message, messageCode, messageParams, hostKey };
}

const temporaryErrors: ReadonlySet<string> = new Set([
  'unreachable',
  'unavailable',
  'request_timeout',
  'too_many_requests',
  'timed_out',
]);

/** Whether the session may still exist, so that joining it is tried again. */
export function isTemporary({ error }: Failure): boolean {
  return temporaryErrors.has(error);
}

function bodyOf(choice: Choice | undefined) {
  if (choice === undefined) return {};
  return 'direct' in choice ? { directIdentity: choice.direct, destination: choice.destination } : choice;
}
