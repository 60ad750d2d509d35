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

/** The only frame that a client of /api/ws/state may send: it asks whether the server is still there. */
export const statePing = z.strictObject({ type: z.literal('PING') }).meta({
  id: 'StatePing',
  description: 'Asks whether the server is still there; at most 60 in 30 seconds',
  examples: [{ type: 'PING' }],
});
export type StatePing = z.output<typeof statePing>;

/** The answer to a ping. */
export const statePong = z.object({ type: z.literal('PONG'), data: z.null() }).meta({
  id: 'StatePong',
  description: 'The answer to a ping',
  examples: [{ type: 'PONG', data: null }],
});
export type StatePong = z.output<typeof statePong>;

/** The close code of /api/ws/state for an ended sign-in: sign in again before reconnecting. */
export const signedOutCloseCode = 4401;
