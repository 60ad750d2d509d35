import { hash } from '@node-rs/argon2';

/** For how long to hash, and how many passwords at once. */
export interface HashOptions {
  readonly seconds: number;
  readonly atOnce: number;
}

export interface HashReport {
  readonly hashes: number;
  readonly seconds: number;
}

/** The costs of account passwords (packages/server/src/vault/passwords/hasher.ts). */
const costs = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1, outputLen: 32 };

process.on('message', ({ seconds, atOnce }: HashOptions) => {
  const startedMs = performance.now();
  let hashes = 0;
  const work = async () => {
    while (performance.now() - startedMs < seconds * 1000) {
      await hash('measured with a long password', costs);
      hashes++;
    }
  };
  void Promise.all(Array.from({ length: atOnce }, work)).then(() => {
    const report: HashReport = { hashes, seconds: (performance.now() - startedMs) / 1000 };
    process.send?.(report);
  });
});
