import type { Revoked } from '../../../access/revocation.ts';
import { AppError } from '../../../kernel/app-error.ts';
import type { Revocation } from '../../../kernel/events.ts';
import type { Logger } from '../../../kernel/logger.ts';
import type { LiveSession } from './live-session.ts';

/** For a repeated decision that requires a confirmation first. */
const unconfirmed = 'its identity is no longer confirmed for the server';

const reasons: Readonly<Record<Revocation['kind'] | 'confirmations' | 'unknown', string>> = {
  account: 'the account was changed or closed',
  'login-session': 'the sign-in was ended',
  'api-key': 'the API key was deleted',
  membership: 'the membership in the organization ended',
  permissions: 'the permission to connect was taken away',
  organization: 'the organization was deleted',
  identity: 'the identity was deleted or moved',
  entry: 'the server was deleted or leads somewhere else now',
  confirmations: unconfirmed,
  unknown: 'the access to it has ended',
};

/** The state that a revocation is applied to. */
export interface Judged {
  /** Revocations since the reservation that are not applied yet. */
  readonly missed: Revoked[];
  isLoggedIn: boolean;
  session: Pick<LiveSession, 'grant' | 'end'> | undefined;
}

/** Ends a session if a revocation revokes its grant, or keeps the revocation until that can be decided. */
export function createJudge(logger: Logger) {
  /** Why a session may not continue; `undefined` if it may. */
  const refusedBy = async ({ grant }: NonNullable<Judged['session']>, what: Revoked): Promise<string | undefined> => {
    try {
      await grant.recheck();
      return undefined;
    } catch (error) {
      if (error instanceof AppError) return error.code === 'link_suspended' ? unconfirmed : reasonOf(what);
      logger.error({ err: error }, 'it could not be decided whether a session may go on; it ends');
      return reasonOf(what);
    }
  };
  const endIfHit = async (session: NonNullable<Judged['session']>, what: Revoked) => {
    const effect = session.grant.isRevokedBy(what);
    if (effect === 'no') return;
    const words = effect === 'yes' ? reasonOf(what) : await refusedBy(session, what);
    if (words !== undefined) session.end({ cause: 'revoked', words });
  };
  return ({ session, missed, isLoggedIn }: Judged, what: Revoked) => {
    if (session === undefined) missed.push(what);
    else if (isLoggedIn || what === 'unknown' || what.kind !== 'confirmations') void endIfHit(session, what);
    else if (session.grant.isRevokedBy(what) !== 'no') missed.push(what);
  };
}

function reasonOf(what: Revoked): string {
  return reasons[what === 'unknown' ? what : what.kind];
}
