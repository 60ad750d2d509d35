import type { Row } from '../row.ts';
import { auditVerify } from './audit.ts';
import { coldStart } from './cold-start.ts';
import { exec, execMany } from './exec.ts';
import { fairness } from './fairness.ts';
import { keys } from './keys.ts';
import { lists, notModified } from './lists.ts';
import { logins } from './logins.ts';
import { memory } from './memory.ts';
import { mixedLoad } from './mixed-load.ts';
import { pages } from './pages.ts';
import { postgres } from './postgres.ts';
import { terminalEcho, terminalOpen } from './terminal-latency.ts';
import { terminalMany } from './terminal-many.ts';
import { terminalPage } from './terminal-page.ts';
import { terminalBulk, terminalIdle } from './terminal-volume.ts';
import { web } from './web.ts';
import { writes } from './writes.ts';

/** Every row, in the order in which they are measured. */
export const rows: readonly Row[] = [
  lists,
  notModified,
  pages,
  writes,
  keys,
  logins,
  terminalOpen,
  terminalEcho,
  fairness,
  terminalBulk,
  terminalIdle,
  terminalPage,
  terminalMany,
  exec,
  execMany,
  auditVerify,
  coldStart,
  memory,
  mixedLoad,
  postgres,
  web,
];
