import type { Database } from '../../kernel/db/database.ts';
import type { EventStream } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { AdjustableSettings } from '../../kernel/settings/settings.ts';
import { readSettings } from './repository.ts';

/** The wait before the table is read again after a failure. */
const retryMs = 2_000;

interface Dependencies {
  readonly database: Database;
  readonly events: EventStream;
  readonly logger: Logger;
  readonly settings: AdjustableSettings;
}

/** Reads the table of settings, and again after each change by another node. */
export function createLoader({ database, events, logger, settings }: Dependencies) {
  let latest = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;

  /** Reads are sequential, so that the last one determines the result. */
  function load(): Promise<void> {
    latest = latest.then(readOnce, readOnce);
    return latest;
  }

  async function readOnce(): Promise<void> {
    const invalid = settings.load(await readSettings(database.read));
    if (invalid.length > 0)
      logger.warn({ settings: invalid }, 'stored settings are not valid in this version; their defaults are used');
  }

  function reload(): void {
    clearTimeout(retry);
    load().catch((err: unknown) => {
      logger.warn({ err }, 'the settings could not be read again; another try follows');
      retry = setTimeout(reload, retryMs);
      retry.unref();
    });
  }

  const unsubscribe = events.subscribe(({ type }) => {
    if (type === 'settings' || type === 'missed') reload();
  });
  return {
    load,
    [Symbol.dispose]() {
      unsubscribe();
      clearTimeout(retry);
    },
  };
}
