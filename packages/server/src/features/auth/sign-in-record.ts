import { anonymousActor, systemActor } from '../../audit/actor.ts';
import type { Actor } from '../../audit/record.ts';
import type { UnitOfWork } from '../../change/change.ts';
import type { Client } from '../../kernel/caller.ts';
import type { SignInAccount } from './repository.ts';
import type { Mac } from './subjects.ts';

/** A sign-in that did not succeed. */
export interface FailedSignIn {
  /** The typed username. */
  readonly username: string;
  readonly account: SignInAccount | undefined;
  readonly reason: 'unknown-name' | 'wrong-password' | 'disabled';
  /** Whether it used up the allowed attempts. */
  readonly blocks: boolean;
}

/** The actor of a sign-in. */
export function signedInActor(client: Client, { id, username }: Pick<SignInAccount, 'id' | 'username'>): Actor {
  return { ...anonymousActor(client, username), accountId: id, via: 'session' };
}

/** Records a sign-in; the actor is the account. */
export async function recordSignIn({ record }: UnitOfWork, account: SignInAccount, sessionId: number): Promise<void> {
  await record({ ...signInEvent(account), outcome: 'ok', details: { sessionId } });
}

/** Records a failed sign-in; the actor is the anonymous client. */
export async function recordFailedSignIn({ record }: UnitOfWork, mac: Mac, failure: FailedSignIn): Promise<void> {
  const { username, account, reason, blocks } = failure;
  // Computed for known names, too: the time that it takes must not tell whether an account has the name.
  const attempted = attemptedName(mac, username);
  await record({
    ...signInEvent(account),
    outcome: 'failed',
    details: {
      reason,
      ...(blocks && { blocks }),
      ...(account === undefined ? attempted : {}),
    },
  });
}

/** People type passwords into the username field: an unknown name is recorded only as a keyed hash that shows repetitions. */
function attemptedName(mac: Mac, username: string) {
  return { attemptedNameMac: mac('attempted-name', username).toString('hex').slice(0, 16) };
}

function signInEvent(account: SignInAccount | undefined) {
  return {
    action: 'auth.login',
    resource: 'account',
    resourceId: account?.id ?? null,
    resourceName: account?.username ?? null,
    organizationId: null,
  } as const;
}

/** Records password spraying: wrong passwords for this many accounts. */
export async function recordSpraying({ record }: UnitOfWork, accounts: number): Promise<void> {
  const spraying = {
    action: 'auth.spraying',
    resource: 'server',
    resourceId: null,
    resourceName: null,
    organizationId: null,
    outcome: 'failed',
    details: { accounts },
  } as const;
  await record(spraying, systemActor);
}
