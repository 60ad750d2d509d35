import { anonymousActor, systemActor } from '../../audit/actor.ts';
import { record } from '../../audit/record.ts';
import type { Client } from '../../kernel/caller.ts';
import type { Trx } from '../../kernel/db/database.ts';
import type { LoginAccount } from './repository.ts';
import type { Mac } from './subjects.ts';

/** A sign-in that did not succeed. */
export interface FailedLogin {
  readonly client: Client;
  /** What was typed where the name belongs. */
  readonly username: string;
  readonly account: LoginAccount | undefined;
  readonly reason: 'unknown-name' | 'wrong-password' | 'disabled';
  /** Whether it used up the tries. */
  readonly blocks: boolean;
}

export async function recordLogin(trx: Trx, client: Client, account: LoginAccount, sessionId: number): Promise<void> {
  await record(trx, {
    actor: { ...anonymousActor(client, account.username), accountId: account.id, via: 'session' },
    ...aboutLogin(account),
    outcome: 'ok',
    details: { sessionId },
  });
}

export async function recordFailedLogin(trx: Trx, mac: Mac, failure: FailedLogin): Promise<void> {
  const { client, username, account, reason, blocks } = failure;
  await record(trx, {
    actor: anonymousActor(client, account?.username ?? ''),
    ...aboutLogin(account),
    outcome: 'failed',
    details: {
      reason,
      ...(blocks && { blocks }),
      ...(account === undefined ? attemptedName(mac, username) : {}),
    },
  });
}

/** People type passwords where the name belongs: a name that no account has is recorded only so that repetitions show. */
function attemptedName(mac: Mac, username: string) {
  return { attemptedNameMac: mac('attempted-name', username).toString('hex').slice(0, 16) };
}

function aboutLogin(account: LoginAccount | undefined) {
  return {
    action: 'auth.login',
    resource: 'account',
    resourceId: account?.id ?? null,
    resourceName: account?.username ?? null,
    organizationId: null,
  } as const;
}

/** Wrong passwords of so many accounts that one is tried on all of them. */
export async function recordSpraying(trx: Trx, accounts: number): Promise<void> {
  await record(trx, {
    actor: systemActor,
    action: 'auth.spraying',
    resource: 'server',
    resourceId: null,
    resourceName: null,
    organizationId: null,
    outcome: 'failed',
    details: { accounts },
  });
}
