import { z } from 'zod';

/** The topics of the WebSocket /api/ws/state: the list that has changed. */
export const stateTopics = ['IDENTITIES', 'ENTRIES', 'CONNECTIONS', 'ORGANIZATIONS'] as const;
export type StateTopic = (typeof stateTopics)[number];

/** A frame of /api/ws/state. `data` is null: read the list again, where a conditional GET costs next to nothing. */
export const stateFrame = z.object({ type: z.enum(stateTopics).meta({ id: 'StateTopic' }), data: z.null() }).meta({
  id: 'StateFrame',
  description:
    'A list has changed: read it again (with `If-None-Match` where it has an `ETag`). After the upgrade, every type is sent once; then a type at most every 100 ms',
  examples: [{ type: 'ENTRIES', data: null }],
});
export type StateFrame = z.output<typeof stateFrame>;

/** The close code of /api/ws/state for an ended sign-in: sign in again before reconnecting. */
export const signedOutCloseCode = 4401;
