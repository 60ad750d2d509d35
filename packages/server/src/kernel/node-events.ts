import { z } from 'zod';
import { openChannel, maxMessageBytes } from './db/postgres-channel.ts';
import { createEvents, eventSchema, type Event, type NodeEvents } from './events.ts';
import type { Logger } from './logger.ts';

interface Options {
  readonly url: string;
  readonly nodeId: string;
  readonly logger: Logger;
  /** How often it is checked that events arrive. */
  readonly checkMs?: number | undefined;
}

/** The events of a process that shares its database. */
export interface SharedEvents extends NodeEvents, AsyncDisposable {
  /** Throws while it is not known that events of other nodes arrive. */
  readonly requireReceiving: () => void;
}

/** Events for all nodes of a PostgreSQL database. If some may have been lost, the event `missed` is emitted. */
export async function shareEvents({ url, nodeId, logger, checkMs }: Options): Promise<SharedEvents> {
  const events = createEvents((event) => {
    channel.send(messageOf(nodeId, event));
  });
  const channel = await openChannel({
    url,
    logger,
    checkMs,
    onMessage(message) {
      const { from, event } = readMessage(message);
      if (from !== nodeId) events.deliver(event);
    },
    onReconnect() {
      // Events were lost in both directions.
      events.emit({ type: 'missed' });
    },
    onDeaf() {
      try {
        events.deliver({ type: 'missed' });
      } catch (error) {
        logger.error({ err: error }, 'not everything could be checked after events may have been missed');
      }
    },
  });
  return {
    ...events,
    requireReceiving: () => {
      channel.requireReceiving();
    },
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
  };
}

function messageOf(from: string, event: Event): string {
  const message = JSON.stringify({ from, event });
  return Buffer.byteLength(message) <= maxMessageBytes ? message : JSON.stringify({ from, event: { type: 'missed' } });
}

const messageSchema = z.object({ from: z.string(), event: z.unknown() });

/** A message that cannot be parsed, for example from a later version, may mean anything. */
function readMessage(message: string): { from: string | undefined; event: Event } {
  try {
    const { from, event } = messageSchema.parse(JSON.parse(message));
    return { from, event: eventSchema.safeParse(event).data ?? { type: 'missed' } };
  } catch {
    return { from: undefined, event: { type: 'missed' } };
  }
}
