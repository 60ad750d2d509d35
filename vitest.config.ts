import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** More files at a time than there are cores: each spends a third of its time waiting for servers, browsers and PAM. */
const maxWorkers = Math.max(2, Math.ceil(availableParallelism() * 1.5));

/** What a test polls for comes late on a busy machine; Vitest itself would give it a second. */
const expectations = { poll: { timeout: 30_000 } };

/** Temporary files lie in memory where there is room: SQLite waits for the disk at each commit, which no test looks at. */
const env = hasRoom('/dev/shm') ? { TMPDIR: '/dev/shm' } : {};

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= 1024 ** 3;
  } catch {
    return false;
  }
}

/** Where a migrated SQLite database comes from. */
const sqliteSetup = 'packages/server/test/databases/sqlite-setup.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
          globalSetup: [sqliteSetup],
          maxWorkers,
          env,
          expect: expectations,
          testTimeout: 60_000,
        },
      },
      {
        // Whole servers, real databases, real sshd: slower, and not part of `npm run check`.
        test: {
          name: 'flow',
          include: ['packages/server/test/**/*.test.ts'],
          exclude: ['**/*.timing.test.ts'],
          globalSetup: ['packages/server/test/databases/postgres-setup.ts', sqliteSetup],
          maxWorkers,
          env,
          expect: expectations,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The built web app in a real browser, against real servers. Vitest begins with these, the longest files.
        test: {
          name: 'browser',
          // A browser on a busy machine is late now and then; what fails twice is a fault.
          retry: 1,
          include: ['packages/web/test/**/*.test.ts'],
          globalSetup: [sqliteSetup],
          maxWorkers,
          env,
          expect: expectations,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      {
        // What takes equally long is measured when nothing else runs.
        test: {
          name: 'timing',
          include: ['packages/*/test/**/*.timing.test.ts'],
          globalSetup: [sqliteSetup],
          env,
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
