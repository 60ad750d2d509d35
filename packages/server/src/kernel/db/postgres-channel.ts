import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../logger.ts';

/** Any fixed name; all Gatehouse nodes of one database take the same. */
const name = 'gatehouse';
/** What pg_stat_activity shows of the connection. */
export const applicationName = 'gatehouse nodes';
const connectTimeoutMs = 10_000;
const queryTimeoutMs = 5_000;
/** A connection that only listens would not notice that its remote end is gone. */
const checkEveryMs = 10_000;
const firstRetryMs = 250;
const lastRetryMs = 10_000;

/** Above it the connection counts as stuck. */
const maxWaiting = 10_000;

/** What PostgreSQL carries in one notification, in bytes (NOTIFY: less than 8000). */
export const maxMessageBytes = 7_900;

interface Options {
  readonly url: string;
  readonly onMessage: (message: string) => void;
  /** The connection was lost and restored: all messages meanwhile, from any sender, are lost. */
  readonly onReconnect: () => void;
  readonly logger: Logger;
}

/**
 * A channel to every process that is connected to the database, including this one (LISTEN and NOTIFY). Messages may get lost; `onReconnect` reports
 * that.
 */
export interface Channel extends AsyncDisposable {
  send(message: string): void;
}

/** Rejects if the first connection fails; later it reconnects by itself. */
export async function openChannel(options: Options): Promise<Channel> {
  const channel = new PostgresChannel(options);
  await channel.connect();
  return channel;
}

class PostgresChannel implements Channel {
  readonly #options: Options;
  readonly #closing = new AbortController();
  readonly #check: NodeJS.Timeout;
  /** Messages to be sent, oldest first. */
  readonly #waiting: string[] = [];
  /** The connection of the running statement. */
  #sending: pg.Client | undefined;
  #client: pg.Client | undefined;

  constructor(options: Options) {
    this.#options = options;
    // Not a job: it belongs to this connection and ends with it.
    this.#check = setInterval(() => {
      void this.#flush();
    }, checkEveryMs);
    this.#check.unref();
  }

  async connect(): Promise<void> {
    const client = createClient(this.#options.url);
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) this.#options.onMessage(payload);
    });
    client.on('error', (error) => {
      this.#lose(client, error);
    });
    client.on('end', () => {
      this.#lose(client, undefined);
    });
    try {
      await client.connect();
      await client.query(`listen ${name}`);
      this.#closing.signal.throwIfAborted();
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
  }

  send(message: string): void {
    // Without a connection nothing is sent: after the reconnection, all listeners assume that everything changed.
    if (this.#client === undefined) return;
    this.#waiting.push(message);
    if (this.#waiting.length > maxWaiting) this.#lose(this.#client, new Error('too many messages wait to be sent'));
    else void this.#flush();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#check);
    await this.#client?.end();
  }

  /** Sends all waiting messages at once; without any, checks that the remote end still answers. */
  async #flush(): Promise<void> {
    const client = this.#client;
    if (client === undefined || client === this.#sending) return;
    this.#sending = client;
    try {
      do {
        const messages = this.#waiting.splice(0);
        await client.query('select pg_notify($1, message) from unnest($2::text[]) message', [name, messages]);
      } while (client === this.#client && this.#waiting.length > 0);
    } catch (error) {
      this.#lose(client, error);
    } finally {
      if (client === this.#sending) this.#sending = undefined;
    }
  }

  #lose(client: pg.Client, error: unknown): void {
    if (client !== this.#client || this.#closing.signal.aborted) return;
    this.#client = undefined;
    this.#waiting.length = 0;
    this.#options.logger.warn({ err: error }, 'the connection to the other nodes is lost; connecting again');
    client.end().catch(() => undefined);
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing;
    for (let waitMs = firstRetryMs; !signal.aborted; waitMs = Math.min(2 * waitMs, lastRetryMs)) {
      try {
        await this.connect();
        this.#options.onReconnect();
        return;
      } catch {
        // The database is still unreachable; the loss was logged.
        await delay(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }
}

function createClient(url: string): pg.Client {
  return new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
  });
}
