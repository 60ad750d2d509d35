import { sql, type RawBuilder } from 'kysely';
import type { Engine } from './engine.ts';

const clocks: Readonly<Record<Engine, RawBuilder<number>>> = {
  sqlite: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  postgres: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
};

/** The clock of the database, in milliseconds since 1970. All nodes share it; their own clocks may differ. */
export function databaseNowMs(engine: Engine): RawBuilder<number> {
  return clocks[engine];
}
