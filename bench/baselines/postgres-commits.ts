import pg from 'pg';
import type { CommitReport } from './commits.ts';

/** Where to write, with how many connections and for how long. */
export interface PostgresOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
}

/** About as long as a row of the audit log. */
const rowText = 'x'.repeat(300);
const insert = { name: 'insert', text: 'insert into bench_rows (content) values ($1)', values: [rowText] };

process.on('message', (order: PostgresOptions) => {
  void commitRows(order).then((report) => process.send?.(report));
});

/** Commits one row at a time on each connection, with the durability that the server is configured for. */
async function commitRows({ url, connections, seconds }: PostgresOptions): Promise<CommitReport> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  try {
    await pool.query('create table bench_rows (id bigserial primary key, content text not null)');
    const cpuBefore = process.cpuUsage();
    const startedMs = performance.now();
    let commits = 0;
    const work = async () => {
      const client = await pool.connect();
      for (; performance.now() - startedMs < seconds * 1000; commits++) await client.query(insert);
      client.release();
    };
    await Promise.all(Array.from({ length: connections }, work));
    const { user, system } = process.cpuUsage(cpuBefore);
    return { commits, seconds: (performance.now() - startedMs) / 1000, cpuSeconds: (user + system) / 1e6 };
  } finally {
    await pool.end();
  }
}
