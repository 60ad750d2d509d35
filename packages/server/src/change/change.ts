import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditAction } from '@gatehouse/contract/audit-actions';
import type { AuditOutcome } from '@gatehouse/contract/audit-names';
import { actorOf } from '../audit/actor.ts';
import { record, recordAll, type Actor, type AuditEvent, type AuditRecord } from '../audit/record.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Database, Db, Trx } from '../kernel/db/database.ts';
import type { Event, Events } from '../kernel/events.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Rights } from '../kernel/rights.ts';
import { joinEvents } from './join-events.ts';

/** The rows that one change writes, what it records and what it tells: all of it, or nothing. */
export interface UnitOfWork {
  /** The open transaction. The work waits for nothing but queries: every other writer waits for it. */
  readonly trx: Trx;
  /** The moment of the change as rows keep it, ISO 8601 in UTC. Its audit entries have the same. */
  readonly now: string;
  /** Adds an audit entry; resolves to its number. `actor` is for what someone else did than who makes the change. */
  readonly record: <A extends AuditAction, O extends AuditOutcome>(
    event: AuditRecord<A, O>,
    actor?: Actor,
  ) => Promise<number>;
  /** Adds audit entries of several actors, oldest first, with one statement: some hundreds at most. */
  readonly recordAll: <A extends AuditAction, O extends AuditOutcome>(
    events: readonly AuditEvent<A, O>[],
  ) => Promise<void>;
  /** Tells of something after the commit, and never if there is none. What is told several times is told once, with one list. */
  readonly emit: (event: Event) => void;
}

/** A unit of work that a signed-in caller asked for. */
export interface CallerUnitOfWork extends UnitOfWork {
  readonly caller: Caller;
  /** What the caller may do, with what this unit has written until now. */
  readonly readRights: () => Promise<Rights>;
}

/**
 * Makes a change: runs the work in one transaction, and tells of it after the commit. If the work throws, nothing of it stays, nothing is told,
 * and the error comes back as it is. Changes do not nest: what is a part of one takes its unit of work. docs/decisions/0018 says more.
 */
export interface Change {
  <T>(caller: Caller, work: (unit: CallerUnitOfWork) => Promise<T>): Promise<T>;
  /** A change by the server itself, or by someone who is not signed in. */
  readonly by: <T>(actor: Actor, work: (unit: UnitOfWork) => Promise<T>) => Promise<T>;
}

interface Dependencies {
  readonly database: Database;
  readonly events: Pick<Events, 'emit'>;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  /** The clock of all changes. */
  readonly now: () => Date;
  readonly logger: Logger;
}

/** The one way in which features write and tell; `compose.ts` makes it. */
export function createChange({ database, events, rightsOf, now, logger }: Dependencies): Change {
  const opened = new AsyncLocalStorage<true>();

  /** The change is made, whatever becomes of telling it. */
  function tell(event: Event): void {
    try {
      events.emit(event);
    } catch (error) {
      logger.error({ err: error, event: event.type }, 'not everything that listens could be told of a change');
    }
  }

  async function by<T>(actor: Actor, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    // It would wait for the other one to end, which waits for it.
    if (opened.getStore() !== undefined) throw new Error('a change was begun inside of another one');
    const told: Event[] = [];
    const result = await database.transaction((trx) => {
      const unit = unitOf({ trx, actor, now: now().toISOString(), told });
      return opened.run(true, () => work(unit));
    });
    joinEvents(told).forEach(tell);
    return result;
  }

  const ofCaller = <T>(caller: Caller, work: (unit: CallerUnitOfWork) => Promise<T>): Promise<T> =>
    by(actorOf(caller), (unit) => work({ ...unit, caller, readRights: () => rightsOf(unit.trx, caller.accountId) }));
  return Object.assign(ofCaller, { by });
}

interface Opened {
  readonly trx: Trx;
  readonly actor: Actor;
  readonly now: string;
  /** Gets what is told. */
  readonly told: Event[];
}

function unitOf({ trx, actor, now, told }: Opened): UnitOfWork {
  return {
    trx,
    now,
    record: (event, by = actor) => record(trx, { ...event, actor: by }, now),
    recordAll: (events) => recordAll(trx, events, now),
    emit: (event) => void told.push(event),
  };
}
