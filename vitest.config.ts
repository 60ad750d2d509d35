import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
          testTimeout: 10_000,
        },
      },
      {
        // Whole servers, real databases, real sshd: slower, and not part of `npm run check`.
        test: {
          name: 'flow',
          include: ['packages/server/test/**/*.test.ts'],
          exclude: ['**/*.timing.test.ts'],
          globalSetup: ['packages/server/test/databases/postgres-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The built web app in a real browser, against real servers.
        test: {
          name: 'browser',
          // A browser on a busy machine is late now and then; what fails twice is a fault.
          retry: 1,
          include: ['packages/web/test/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // What takes equally long is measured when nothing else runs.
        test: {
          name: 'timing',
          include: ['packages/*/test/**/*.timing.test.ts'],
          sequence: { groupOrder: 2 },
          fileParallelism: false,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
