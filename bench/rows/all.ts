import type { Row } from '../row.ts';
import { coldStart } from './cold-start.ts';
import { lists, notModified } from './lists.ts';
import { logins } from './logins.ts';
import { memory } from './memory.ts';
import { pages } from './pages.ts';
import { web } from './web.ts';
import { writes } from './writes.ts';

/** Every row, in the order in which they are measured. */
export const rows: readonly Row[] = [lists, notModified, pages, writes, logins, coldStart, memory, web];
