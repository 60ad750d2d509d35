import { createChange, type Change } from '../src/change/change.ts';
import { rightsOf } from '../src/features/organizations/rights-repository.ts';
import type { Database } from '../src/kernel/db/database.ts';
import { createEvents, type Events } from '../src/kernel/events.ts';
import { createLogger } from '../src/kernel/logger.ts';

/** What features change with, as `compose` makes it. */
export function changeOn(
  database: Database,
  events: Pick<Events, 'emit'> = createEvents(),
  now = () => new Date(),
): Change {
  return createChange({ database, events, rightsOf, now, logger: createLogger('silent') });
}
