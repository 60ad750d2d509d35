import { setImmediate } from 'node:timers/promises';
import type SqliteDatabase from 'better-sqlite3';

/** How many transactions may share one commit, so that the first of them does not wait long for its answer. */
const maxPerCommit = 32;

interface QueuedTransaction {
  readonly run: () => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs transactions one after the other on one SQLite connection and commits those that wait at the same time together: each in a savepoint of
 * its own, so that one that fails takes nothing else with it, and none resolves before the shared commit is on the disk.
 */
export class GroupCommit {
  readonly #connection: SqliteDatabase.Database;
  readonly #queue: QueuedTransaction[] = [];
  #running: Promise<void> | undefined;

  constructor(connection: SqliteDatabase.Database) {
    this.#connection = connection;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = async () => {
        const value = await work();
        return () => {
          resolve(value);
        };
      };
      this.#queue.push({ run, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when nothing waits and nothing runs. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // Requests that have arrived by now are read first: each comes in a callback of its own, with its microtasks run before the next
      // one, so that without this turn of the loop every write would have a commit to itself.
      await setImmediate();
      await this.#commitBatch();
    }
    this.#running = undefined;
  }

  async #commitBatch(): Promise<void> {
    const done: { settle: () => void; reject: (error: unknown) => void }[] = [];
    try {
      this.#connection.exec('begin immediate');
      for (let count = 0; count < maxPerCommit; count++) {
        const job = this.#queue.shift();
        if (job === undefined) break;
        const settle = await this.#runInSavepoint(job);
        if (settle !== undefined) done.push({ settle, reject: job.reject });
      }
      this.#connection.exec('commit');
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('rollback');
      for (const { reject } of done) reject(error);
      // The transaction did not even begin: whoever waits would wait for ever.
      if (done.length === 0)
        this.#queue.splice(0).forEach(({ reject }) => {
          reject(error);
        });
      return;
    }
    for (const { settle } of done) settle();
  }

  /** Resolves to what settles the job after the commit; `undefined` when the job failed and was answered. Throws when the batch is lost. */
  async #runInSavepoint(job: QueuedTransaction): Promise<(() => void) | undefined> {
    try {
      this.#connection.exec('savepoint job');
      const settle = await job.run();
      this.#connection.exec('release job');
      return settle;
    } catch (error) {
      job.reject(error);
      // A full disk and the like end the whole transaction, and with it what the jobs before this one did.
      if (!this.#connection.inTransaction) throw error;
      this.#connection.exec('rollback to job');
      this.#connection.exec('release job');
      return undefined;
    }
  }
}
