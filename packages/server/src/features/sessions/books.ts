import type { Step } from '@gatehouse/contract/problem';
import { actorOf } from '../../audit/actor.ts';
import { record } from '../../audit/record.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import { ownerColumns } from '../../kernel/owner.ts';
import type { ExitStatus } from '../../protocols/protocol.ts';
import { recordIntent } from './login.ts';
import type { Plan } from './plan-login.ts';
import { insertSession, markEnded, markOpen } from './repository.ts';

/** How a session ended. */
export interface SessionEnd {
  readonly exit: ExitStatus;
  /** In words or as a slug; goes to the audit log. */
  readonly why: string;
  readonly steps: readonly Step[];
  /** Whether the login succeeded. */
  readonly opened: boolean;
}

/** A session that is written down and has not set out yet. */
interface Begun {
  readonly id: number;
  /** The entry of the audit log that says so, for `connect`. */
  readonly intent: number;
}

/** What is written of each session: its row, and its beginning and end in the audit log. */
export interface Books {
  begin(plan: Plan, type: 'terminal' | 'exec', reason: string | undefined): Promise<Begun>;
  opened(id: number, identityId: number | null, steps: readonly Step[]): Promise<void>;
  /** Never rejects: what cannot be written is logged, since the session is over in any case. */
  ended(id: number, plan: Plan, end: SessionEnd): Promise<void>;
}

export function createBooks({
  database,
  events,
  logger,
}: {
  readonly database: Database;
  readonly events: Events;
  readonly logger: Logger;
}): Books {
  return {
    async begin(plan, type, reason) {
      const { caller, target } = plan;
      const { entry, choice } = target;
      const row = {
        account_id: caller.accountId,
        organization_id: ownerColumns(entry.owner).organization_id,
        entry_id: entry.id,
        entry_name: entry.name,
        identity_id: choice?.identity.id ?? null,
        type,
        reason: reason ?? null,
      };
      const begun = await database.transaction(async (trx) => ({
        id: await insertSession(trx, row),
        intent: await recordIntent(trx, plan),
      }));
      events.emit({ type: 'connections', accountIds: [caller.accountId] });
      return begun;
    },
    opened: (id, identityId, steps) => database.transaction((trx) => markOpen(trx, id, identityId, steps)),
    async ended(id, plan, end) {
      try {
        await writeEnd(database, id, plan, end);
      } catch (error) {
        logger.error({ err: error, sessionId: id }, 'the end of a session could not be recorded');
      }
      events.emit({ type: 'connections', accountIds: [plan.caller.accountId] });
    },
  };
}

async function writeEnd(
  database: Database,
  id: number,
  { caller, target: { entry } }: Plan,
  { exit, why, steps, opened }: SessionEnd,
): Promise<void> {
  await database.transaction(async (trx) => {
    const status = opened ? 'ended' : 'failed';
    await markEnded(trx, id, { status, exitCode: exit.code, exitSignal: exit.signal, steps });
    await record(trx, {
      actor: actorOf(caller),
      action: 'session.end',
      resource: 'session',
      resourceId: id,
      resourceName: entry.name,
      organizationId: ownerColumns(entry.owner).organization_id,
      outcome: opened ? 'ok' : 'failed',
      details: { entryId: entry.id, why, exitCode: exit.code, exitSignal: exit.signal },
    });
  });
}
