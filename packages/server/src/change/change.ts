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

/** What one change writes, records and emits: either all of it, or nothing. */
export interface UnitOfWork {
  /** The open transaction. The work must await only queries: all other writers wait for it. */
  readonly trx: Trx;
  /** The time of the change in the form of the rows, ISO 8601 in UTC. Its audit entries have the same. */
  readonly now: string;
  /** Adds an audit entry; resolves to its number. `actor` is given if it differs from the actor of the change. */
  readonly record: <A extends AuditAction, O extends AuditOutcome>(
    event: AuditRecord<A, O>,
    actor?: Actor,
  ) => Promise<number>;
  /** Adds audit entries of several actors, oldest first, with one statement: some hundreds at most. */
  readonly recordAll: <A extends AuditAction, O extends AuditOutcome>(
    events: readonly AuditEvent<A, O>[],
  ) => Promise<void>;
  /** Emits the event after the commit, and only then. Events of one type that carry a list are combined. */
  readonly emit: (event: Event) => void;
}

/** A unit of work that a signed-in caller asked for. */
export interface CallerUnitOfWork extends UnitOfWork {
  readonly caller: Caller;
  /** The rights of the caller, read in the transaction, including its uncommitted changes. */
  readonly readRights: () => Promise<Rights>;
}

/**
 * Runs the work in one transaction, and emits its events after the commit. If the work throws, nothing is written, recorded or emitted, and the error
 * is rethrown unchanged. Changes do not nest: a function that is part of one takes the unit of work (docs/decisions/0018-changes.md).
 */
export interface Change {
  <T>(caller: Caller, work: (unit: CallerUnitOfWork) => Promise<T>): Promise<T>;
  /** A change by the server itself, or by a request without sign-in. */
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

/** The only way in which features write, record and emit events; `compose` creates it. */
export function createChange({ database, events, rightsOf, now, logger }: Dependencies): Change {
  const opened = new AsyncLocalStorage<true>();

  /** The change is committed: a failing listener must not make it look failed. */
  function send(event: Event): void {
    try {
      events.emit(event);
    } catch (error) {
      logger.error({ err: error, event: event.type }, 'a listener failed on the event of a committed change');
    }
  }

  async function by<T>(actor: Actor, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    // A nested change would wait for the outer one, which waits for it.
    if (opened.getStore() !== undefined) throw new Error('a change was begun inside of another one');
    const emitted: Event[] = [];
    const result = await database.transaction((trx) => {
      const unit = unitOf({ trx, actor, now: now().toISOString(), emitted });
      return opened.run(true, () => work(unit));
    });
    joinEvents(emitted).forEach(send);
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
  /** The events until the commit. */
  readonly emitted: Event[];
}

function unitOf({ trx, actor, now, emitted }: Opened): UnitOfWork {
  return {
    trx,
    now,
    record: (event, by = actor) => record(trx, { ...event, actor: by }, now),
    recordAll: (events) => recordAll(trx, events, now),
    emit: (event) => void emitted.push(event),
  };
}
