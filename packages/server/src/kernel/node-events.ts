import { z } from 'zod';
import { openChannel, maxMessageBytes } from './db/postgres-channel.ts';
import { createEvents, eventSchema, type Event, type NodeEvents } from './events.ts';
import type { Logger } from './logger.ts';

interface Options {
  readonly url: string;
  readonly nodeId: string;
  readonly logger: Logger;
}

/** Events that all nodes of a PostgreSQL database hear; what may have been missed is told as `missed`. */
export async function shareEvents({ url, nodeId, logger }: Options): Promise<NodeEvents & AsyncDisposable> {
  const events = createEvents((event) => {
    channel.send(messageOf(nodeId, event));
  });
  const channel = await openChannel({
    url,
    logger,
    onMessage(message) {
      const { from, event } = readMessage(message);
      if (from !== nodeId) events.deliver(event);
    },
    onReconnect() {
      // Neither did this node hear the others, nor they this one.
      events.emit({ type: 'missed' });
    },
  });
  return { ...events, [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose]() };
}

function messageOf(from: string, event: Event): string {
  const message = JSON.stringify({ from, event });
  return Buffer.byteLength(message) <= maxMessageBytes ? message : JSON.stringify({ from, event: { type: 'missed' } });
}

const messageSchema = z.object({ from: z.string(), event: z.unknown() });

/** What cannot be read, or is told by a later version, may be anything. */
function readMessage(message: string): { from: string | undefined; event: Event } {
  try {
    const { from, event } = messageSchema.parse(JSON.parse(message));
    return { from, event: eventSchema.safeParse(event).data ?? { type: 'missed' } };
  } catch {
    return { from: undefined, event: { type: 'missed' } };
  }
}
