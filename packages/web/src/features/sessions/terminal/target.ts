import { z } from 'zod';
import type { Pane } from '../../../workspace/workspace.ts';

/** The id of the kind of pane, stored with layouts. */
export const terminalKindId = 'terminal';

/** A server to open a terminal on; without an identity, the one that the server chooses. */
export const targetSchema = z.object({ entryId: z.int(), name: z.string(), identityId: z.int().exactOptional() });
export type Target = z.output<typeof targetSchema>;

/** In characters. */
const sizeSchema = z.object({ cols: z.int().positive(), rows: z.int().positive() });
export type Size = z.output<typeof sizeSchema>;

/** The stored size of a pane, for which the scrollback of its session was written; undefined if none is stored. */
export function keptSize({ state }: Pane): Size | undefined {
  return sizeSchema.safeParse(state).data;
}
