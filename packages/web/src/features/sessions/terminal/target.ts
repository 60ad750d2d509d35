import { z } from 'zod';
import type { Pane } from '../../../workspace/workspace.ts';

/** The id of the kind of pane, kept with layouts. */
export const terminalKindId = 'terminal';

/** A server to open a terminal on; without an identity, the one that the server chooses. */
export const targetSchema = z.object({ entryId: z.int(), name: z.string(), identityId: z.int().exactOptional() });
export type Target = z.output<typeof targetSchema>;

/** In characters. */
const sizeSchema = z.object({ cols: z.int().positive(), rows: z.int().positive() });
export type Size = z.output<typeof sizeSchema>;

/** The size that the output of a session was written for, which a reload joins again; undefined where none was kept. */
export function keptSize({ state }: Pane): Size | undefined {
  return sizeSchema.safeParse(state).data;
}
