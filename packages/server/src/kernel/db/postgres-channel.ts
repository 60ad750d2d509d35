import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../logger.ts';
import { postgresOptions } from './postgres-connection.ts';
import { createNonces } from './postgres-nonces.ts';

/** Any fixed name; all Gatehouse nodes of one database take the same. */
const name = 'gatehouse';
const listen = `listen ${name}`;
/** What pg_stat_activity shows of the connections. */
export const applicationName = 'gatehouse nodes';
const queryTimeoutMs = 5_000;
/** A connection that only listens would not notice that its remote end is gone, or that a pooler gives it another one. */
const usualCheckMs = 10_000;
/** How long the nonce of a check may take to arrive. */
const nonceTimeoutMs = 5_000;
const firstRetryMs = 250;
const lastRetryMs = 10_000;

/** Above it the connection counts as stuck. */
const maxWaiting = 10_000;

/** What PostgreSQL carries in one notification, in bytes (NOTIFY: less than 8000). */
export const maxMessageBytes = 7_900;

const deafText =
  'notifications of the database do not arrive: this node is not ready, and every session is checked repeatedly. DATABASE_URL must lead to the database, or to a pooler in session mode';

interface Options {
  /** From `settleTls`. */
  readonly url: string;
  readonly onMessage: (message: string) => void;
  /** The connection was lost and restored: all messages meanwhile, from any sender, are lost. */
  readonly onReconnect: () => void;
  /** The connection works, but no messages arrive: those of others may be lost. Called at each check until they arrive, and once more then. */
  readonly onDeaf: () => void;
  /** How often the channel is checked. */
  readonly checkMs?: number | undefined;
  readonly logger: Logger;
}

/**
 * A channel to every process that is connected to the database, including this one (LISTEN and NOTIFY). Messages may get lost; `onReconnect` and
 * `onDeaf` report that.
 */
export interface Channel extends AsyncDisposable {
  send(message: string): void;
  /** Throws while it is not known that messages arrive. */
  requireReceiving(): void;
}

/** Rejects if the first connection fails; later it reconnects by itself. */
export async function openChannel(options: Options): Promise<Channel> {
  const channel = new PostgresChannel(options);
  await channel.connect();
  await channel.check();
  return channel;
}

/** Two connections: a nonce that arrives proves that the listener receives what others send only if it is sent over another connection. */
interface Connections {
  readonly listener: pg.Client;
  readonly sender: pg.Client;
}

class PostgresChannel implements Channel {
  readonly #options: Options;
  readonly #closing = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #nonces = createNonces();
  /** Messages to be sent, oldest first. */
  readonly #waiting: string[] = [];
  /** The connections of the running statement. */
  #sending: Connections | undefined;
  #connections: Connections | undefined;
  #isChecking = false;
  #state: 'unknown' | 'receiving' | 'deaf' = 'unknown';

  constructor(options: Options) {
    this.#options = options;
    // Not a job: it belongs to these connections and ends with them.
    this.#timer = setInterval(() => {
      void this.check();
    }, options.checkMs ?? usualCheckMs);
    this.#timer.unref();
  }

  async connect(): Promise<void> {
    const connections = { listener: createClient(this.#options.url), sender: createClient(this.#options.url) };
    const { listener, sender } = connections;
    for (const client of [listener, sender]) {
      client.on('error', (error) => {
        this.#lose(connections, error);
      });
      client.on('end', () => {
        this.#lose(connections, undefined);
      });
    }
    listener.on('notification', ({ payload }) => {
      if (payload !== undefined && !this.#nonces.receive(payload)) this.#options.onMessage(payload);
    });
    try {
      await Promise.all([listener.connect(), sender.connect()]);
      await listener.query(listen);
      this.#closing.signal.throwIfAborted();
    } catch (error) {
      void close(connections);
      throw error;
    }
    this.#connections = connections;
  }

  send(message: string): void {
    // Without a connection nothing is sent: after the reconnection, all listeners assume that everything changed.
    const connections = this.#connections;
    if (connections === undefined) return;
    this.#waiting.push(message);
    if (this.#waiting.length > maxWaiting) this.#lose(connections, new Error('too many messages wait to be sent'));
    else void this.#flush();
  }

  requireReceiving(): void {
    if (this.#state !== 'receiving') throw new Error('notifications of the database do not arrive');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    if (this.#connections !== undefined) await close(this.#connections);
  }

  /**
   * Sends a nonce and waits until it arrives. Behind a pooler that gives each transaction another connection, `LISTEN` succeeds and nothing arrives; so
   * it is repeated, in case the pooler was changed meanwhile. Never rejects.
   */
  async check(): Promise<void> {
    const connections = this.#connections;
    if (connections === undefined || this.#isChecking) return;
    this.#isChecking = true;
    try {
      await connections.listener.query(listen);
      const nonce = this.#nonces.create();
      this.send(nonce);
      const arrived = await this.#nonces.arrival(nonce, nonceTimeoutMs);
      if (connections === this.#connections) this.#setReceiving(arrived);
    } catch (error) {
      this.#lose(connections, error);
    } finally {
      this.#isChecking = false;
    }
  }

  #setReceiving(isReceiving: boolean): void {
    if (this.#closing.signal.aborted) return;
    const wasDeaf = this.#state === 'deaf';
    this.#state = isReceiving ? 'receiving' : 'deaf';
    if (isReceiving && wasDeaf) this.#options.logger.info('notifications of the database arrive again');
    if (!isReceiving && !wasDeaf) this.#options.logger.error(deafText);
    if (!isReceiving || wasDeaf) this.#options.onDeaf();
  }

  /** Sends all waiting messages at once. */
  async #flush(): Promise<void> {
    const connections = this.#connections;
    if (connections === undefined || connections === this.#sending) return;
    this.#sending = connections;
    try {
      do {
        const messages = this.#waiting.splice(0);
        await connections.sender.query('select pg_notify($1, message) from unnest($2::text[]) message', [
          name,
          messages,
        ]);
      } while (connections === this.#connections && this.#waiting.length > 0);
    } catch (error) {
      this.#lose(connections, error);
    } finally {
      if (connections === this.#sending) this.#sending = undefined;
    }
  }

  #lose(connections: Connections, error: unknown): void {
    if (connections !== this.#connections || this.#closing.signal.aborted) return;
    this.#connections = undefined;
    this.#state = 'unknown';
    this.#waiting.length = 0;
    this.#options.logger.warn({ err: error }, 'the connection to the other nodes is lost; connecting again');
    void close(connections);
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#closing;
    for (let waitMs = firstRetryMs; !signal.aborted; waitMs = Math.min(2 * waitMs, lastRetryMs)) {
      try {
        await this.connect();
        this.#options.onReconnect();
        void this.check();
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
    ...postgresOptions(url),
    application_name: applicationName,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
  });
}

async function close({ listener, sender }: Connections): Promise<void> {
  await Promise.allSettled([listener.end(), sender.end()]);
}
