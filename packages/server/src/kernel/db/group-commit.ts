import { setImmediate } from 'node:timers/promises';
import type SqliteDatabase from 'better-sqlite3';

/** The most transactions in one commit, so that the first does not wait long. */
const maxPerCommit = 32;

interface QueuedTransaction {
  readonly run: () => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs transactions sequentially on one SQLite connection and commits waiting ones together: each in its own savepoint, so that a failure affects no
 * other, and none resolves before the shared commit is on the disk.
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

  /** Resolves when the queue is empty and nothing runs. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // Lets pending requests run first. Each comes in its own callback, followed by its microtasks, so without this turn of the loop every write
      // would have its own commit.
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
      // `begin` failed: reject the queued transactions, which would otherwise wait forever.
      if (done.length === 0)
        this.#queue.splice(0).forEach(({ reject }) => {
          reject(error);
        });
      return;
    }
    for (const { settle } of done) settle();
  }

  /**
   * Resolves to the function that settles the promise after the commit; `undefined` if the work failed and was rejected. Throws if the whole batch is
   * lost.
   */
  async #runInSavepoint(job: QueuedTransaction): Promise<(() => void) | undefined> {
    try {
      this.#connection.exec('savepoint job');
      const settle = await job.run();
      this.#connection.exec('release job');
      return settle;
    } catch (error) {
      job.reject(error);
      // Errors such as a full disk end the whole transaction, including the work of earlier savepoints.
      if (!this.#connection.inTransaction) throw error;
      this.#connection.exec('rollback to job');
      this.#connection.exec('release job');
      return undefined;
    }
  }
}
