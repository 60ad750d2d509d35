import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Gatehouse } from '../compose/gatehouse.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { failureText, welcome } from '../greeting.ts';
import { createLogger } from '../kernel/logger.ts';
import { importQuickly } from '../quick-imports.ts';
import { complain, exitConfig, exitFailure, say } from './console.ts';

/** How long a shutdown may take before the process ends anyway. */
const shutdownTimeoutMs = 9_000;
const repeatedSignalMs = 1_000;

/** Starts the server, and stops it when a signal comes. */
export async function serve(): Promise<void> {
  let config: Config;
  try {
    config = readConfig();
    prepareDataDirectory(config.dataDir);
  } catch (error) {
    complain(error instanceof ConfigError ? error.message : String(error));
    process.exitCode = exitConfig;
    return;
  }
  const logger = createLogger(config.logLevel);
  let gatehouse: Gatehouse;
  try {
    const { startGatehouse } = await importQuickly(() => import('../compose/gatehouse.ts'));
    gatehouse = await startGatehouse(config, { logger });
  } catch (error) {
    complain(failureText(error, config));
    process.exitCode = exitFailure;
    return;
  }
  stopOnSignals(gatehouse);
  say(welcome(config, gatehouse));
}

/** All files of this process are private to its user. */
function prepareDataDirectory(dataDir: string): void {
  process.umask(0o077);
  try {
    makeDirectory(dataDir);
    chmodSync(dataDir, 0o700);
  } catch (cause) {
    throw new ConfigError(`DATA_DIR: ${dataDir} is not a directory that this user owns or can make.`, { cause });
  }
}

/** With the missing ones above it. The recursion of `mkdirSync` does not end where the kernel refuses new directories as in `/proc`. */
function makeDirectory(path: string): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing?.isDirectory() === true) return;
  if (existing !== undefined) throw new Error(`${path} is not a directory`);
  makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function stopOnSignals(gatehouse: Gatehouse): void {
  let stoppingSinceMs: number | undefined;
  const stop = (signal: NodeJS.Signals) => {
    const nowMs = performance.now();
    if (stoppingSinceMs !== undefined) {
      // One Ctrl-C can arrive twice, from the terminal and from npm; only a later one is a second request.
      if (nowMs - stoppingSinceMs > repeatedSignalMs) process.exit(exitFailure);
      return;
    }
    stoppingSinceMs = nowMs;
    complain(`${signal}: finishing what is under way…`);
    setTimeout(() => process.exit(exitFailure), shutdownTimeoutMs).unref();
    gatehouse.close().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(`Gatehouse did not stop in order. ${String(error)}`);
        process.exit(exitFailure);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
