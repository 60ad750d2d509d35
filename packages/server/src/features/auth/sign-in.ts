import { anonymousActor } from '../../audit/actor.ts';
import type { Change } from '../../change/change.ts';
import type { Client } from '../../kernel/caller.ts';
import type { Trx } from '../../kernel/db/database.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { Clock } from './clock.ts';
import type { CountedAttempt, Limiter } from './limiter.ts';
import {
  recordFailedSignIn,
  recordSignIn,
  recordSpraying,
  signedInActor,
  type FailedSignIn,
} from './sign-in-record.ts';
import type { Acceptance, SignedIn, SignInAttempt, SignInMethod } from './methods/method.ts';
import { findSignInAccount, insertSignIn, type SignInAccount } from './repository.ts';
import { deleteLeastUsedSignIns } from './sign-in-repository.ts';
import type { SprayWatch } from './spraying.ts';
import { accountPrefix, type Mac } from './subjects.ts';
import { hashToken, newSignInToken } from './tokens.ts';

/** The dependencies of every sign-in. */
export interface SignInDependencies {
  readonly change: Change;
  readonly limiter: Limiter;
  readonly mac: Mac;
  readonly spraying: SprayWatch;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The longest duration of a sign-in, used or not. */
  readonly absoluteMs: () => number;
  readonly settings: Settings;
}

/** Signs in with one method; resolves to the token of the new sign-in. */
export type SignIn<Request> = (client: Client, request: Request) => Promise<string>;

/**
 * Adds the beginning and the end that all methods share: a blocked attempt is refused before any work, every attempt is counted before its proof is
 * checked, and is then recorded as a failure or creates a sign-in. Throws the method's refusal and `too_many_requests`.
 */
export function createSignIn<Request, Begun extends SignInAttempt>(
  dependencies: SignInDependencies,
  method: SignInMethod<Request, Begun>,
): SignIn<Request> {
  const { limiter } = dependencies;
  return async (client, request) => {
    const begun = await method.begin(client, request);
    await limiter.refuseBlocked(begun.claimed);
    const { token } = await method.complete(begun, {
      async count() {
        const counted = await limiter.countSignIn(begun.claimed);
        return {
          accept: (acceptance) => accept(dependencies, method, { ...begun, counted }, acceptance),
          async refuse(reason) {
            await recordFailure(dependencies, { ...begun, counted }, reason);
            throw method.refusal(limiter.statusOf(counted).rateLimit);
          },
        };
      },
    });
    return token;
  };
}

interface CountedSignInAttempt extends SignInAttempt {
  readonly counted: CountedAttempt;
}

async function accept(
  dependencies: SignInDependencies,
  method: Pick<SignInMethod<never, never>, 'refusal'>,
  { claimed, counted }: CountedSignInAttempt,
  { account, confirm }: Acceptance,
): Promise<SignedIn> {
  const { change, limiter, settings } = dependencies;
  const token = newSignInToken();
  await change.by(signedInActor(claimed.client, account), async (unit) => {
    const { trx, emit } = unit;
    const current = await findEnabled(trx, account);
    if (current === undefined || !(await confirm(trx, current))) throw method.refusal();
    await limiter.succeed(trx, { ...claimed, accountId: account.id }, counted);
    const sessionId = await insertSignIn(trx, newSignIn(dependencies, account.id, token, claimed.client));
    await recordSignIn(unit, account, sessionId);
    for (const id of await deleteLeastUsedSignIns(trx, account.id, settings.get('SIGN_INS_PER_ACCOUNT')))
      emit({ type: 'revoked', what: { kind: 'login-session', id, accountId: account.id } });
  });
  return { token } as SignedIn;
}

/** While its proof was checked, the account may have been renamed, disabled or deleted. */
async function findEnabled(trx: Trx, { id, username }: SignInAccount): Promise<SignInAccount | undefined> {
  const current = await findSignInAccount(trx, username.toLowerCase());
  return current?.id === id && current.disabled === 0 ? current : undefined;
}

async function recordFailure(
  { change, limiter, mac, spraying, logger, clock }: SignInDependencies,
  { claimed: { client }, username, account, counted }: CountedSignInAttempt,
  reason: FailedSignIn['reason'],
): Promise<void> {
  const { blocks } = limiter.statusOf(counted);
  // Attempts from a known device of the account are mistakes of its user.
  const tried = counted.find(({ key }) => key.startsWith(accountPrefix));
  const sprayed = tried === undefined ? undefined : spraying.note(tried.key, clock());
  await change.by(anonymousActor(client, account?.username ?? ''), async (unit) => {
    await recordFailedSignIn(unit, mac, { username, account, reason, blocks });
    if (sprayed !== undefined) await recordSpraying(unit, sprayed);
  });
  if (sprayed !== undefined)
    logger.warn({ accounts: sprayed }, 'Wrong passwords of many accounts: one password may be tried on all of them.');
}

function newSignIn({ clock, absoluteMs }: SignInDependencies, accountId: number, token: string, client: Client) {
  const { ip, userAgent } = client;
  const createdAt = clock();
  return { accountId, tokenHash: hashToken(token), ip, userAgent, createdAt, expiresAt: createdAt + absoluteMs() };
}
