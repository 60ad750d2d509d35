import { openChannel, maxMessageBytes } from './db/postgres-channel.ts';
import { createEvents, eventTypes, type Event, type NodeEvents } from './events.ts';
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

/** What cannot be read, or a later version tells, may be anything. */
function readMessage(message: string): { from: unknown; event: Event } {
  try {
    const { from, event } = JSON.parse(message) as { from: unknown; event: Event };
    return { from, event: eventTypes.includes(event.type) ? event : { type: 'missed' } };
  } catch {
    return { from: undefined, event: { type: 'missed' } };
  }
}
