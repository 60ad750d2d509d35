import type { sessionTypes } from '@gatehouse/contract/connections';
import { exec } from './exec/exec.ts';
import type { SessionKind } from './kind.ts';
import { terminal } from './terminal/open.ts';

/** Every kind of session, by the type in its rows. A new kind is a folder beside this file and a row here. */
export const kinds = { terminal, exec } as const satisfies Record<
  (typeof sessionTypes)[number],
  SessionKind<never, unknown>
>;
