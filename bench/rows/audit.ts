import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from '../../packages/server/src/audit/actor.ts';
import { recordAll, type AuditEvent } from '../../packages/server/src/audit/record.ts';
import { openSqlite } from '../../packages/server/src/kernel/db/sqlite.ts';
import { atMost } from '../goals.ts';
import { quantile, spread } from '../latency.ts';
import { putLoad, requestText } from '../load/load.ts';
import { signIn, spawnProduct } from '../product.ts';
import type { Row } from '../row.ts';

const entries = 1_000_000;
const perTransaction = 500;
const longestSeconds = 60;
const longestListMs = 50;

const event: AuditEvent<'identity.update', 'ok'> = {
  actor: { ...systemActor, ip: '192.0.2.1', userAgent: 'a browser of the usual length (like others)' },
  action: 'identity.update',
  resource: 'identity',
  resourceId: 1,
  resourceName: 'Deployment of the web servers',
  organizationId: null,
  outcome: 'ok',
  details: { fields: ['name', 'username'], secretVersions: {} },
};

/** Recomputing a long audit log, and the time of a list meanwhile. */
export const auditVerify: Row = {
  name: 'audit-verify',
  long: true,
  async run({ directory }) {
    const dataDir = mkdtempSync(join(directory, 'data-'));
    await (await spawnProduct(directory, dataDir))[Symbol.asyncDispose]();
    await fill(dataDir);
    await using running = await spawnProduct(directory, dataDir);
    const product = await signIn(running);
    const list = requestText({ path: '/api/identity/list', headers: { authorization: product.authorization } });
    const beside = putLoad(product.port, { requests: [list], connections: 1, seconds: 5, repeat: true });
    const startedMs = performance.now();
    const answer = await product.call('GET', '/api/audit/verify');
    const seconds = (performance.now() - startedMs) / 1000;
    if (!answer.text.includes('"firstBad":null')) throw new Error(`the log is not in order: ${answer.text}`);
    const during = (await beside).latenciesMs;
    return [
      {
        title: `audit log of ${entries.toLocaleString('en-US')} entries: verify the whole chain`,
        lines: [
          { who: 'product, entries', figures: { perSecond: entries / seconds } },
          { who: 'a list beside it', figures: spread(during) },
        ],
        goals: [
          atMost(longestSeconds, 's', 'verification', seconds),
          atMost(longestListMs, 'ms', 'p99 of a list meanwhile', quantile(during, 0.99)),
        ],
      },
    ];
  },
};

/** Adds the entries as the product does, many at a time. */
async function fill(dataDir: string): Promise<void> {
  await using database = openSqlite(dataDir);
  const batch = Array.from({ length: perTransaction }, () => event);
  for (let count = 0; count < entries; count += perTransaction)
    await database.transaction((trx) => recordAll(trx, batch, new Date().toISOString()));
}
