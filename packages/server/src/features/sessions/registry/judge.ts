import { say, type PlainCode } from '@gatehouse/contract/messages/message';
import type { Revoked } from '../../../access/revocation.ts';
import { AppError } from '../../../kernel/app-error.ts';
import type { Revocation } from '../../../kernel/events.ts';
import type { Logger } from '../../../kernel/logger.ts';
import type { LiveSession } from './live-session.ts';

type EndCode = Extract<PlainCode, `ended_by_${string}`>;

/** Where the decision is repeated, and the identity would have to be confirmed first. */
const unconfirmed: EndCode = 'ended_by_confirmation';

const reasons: Readonly<Record<Revocation['kind'] | 'confirmations' | 'unknown', EndCode>> = {
  account: 'ended_by_account',
  'login-session': 'ended_by_sign_out',
  'api-key': 'ended_by_api_key',
  membership: 'ended_by_membership',
  permissions: 'ended_by_permissions',
  organization: 'ended_by_organization',
  identity: 'ended_by_identity',
  entry: 'ended_by_entry',
  confirmations: unconfirmed,
  unknown: 'ended_by_access',
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
  const refusedBy = async ({ grant }: NonNullable<Judged['session']>, what: Revoked): Promise<EndCode | undefined> => {
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
    const code = effect === 'yes' ? reasonOf(what) : await refusedBy(session, what);
    if (code !== undefined) session.end({ cause: 'revoked', why: say(code) });
  };
  return ({ session, missed, isLoggedIn }: Judged, what: Revoked) => {
    if (session === undefined) missed.push(what);
    else if (isLoggedIn || what === 'unknown' || what.kind !== 'confirmations') void endIfHit(session, what);
    else if (session.grant.isRevokedBy(what) !== 'no') missed.push(what);
  };
}

function reasonOf(what: Revoked): EndCode {
  return reasons[what === 'unknown' ? what : what.kind];
}
