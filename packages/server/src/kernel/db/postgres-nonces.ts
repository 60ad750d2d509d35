import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** No other message begins with it: those are JSON. */
const prefix = 'nonce:';

/** Messages of a channel that have no other purpose than to arrive. */
export interface Nonces {
  create(): string;
  /** Whether the message is a nonce, of this process or of another one. */
  receive(message: string): boolean;
  /** Resolves to whether the nonce has arrived, at once or within this time. */
  arrival(nonce: string, timeoutMs: number): Promise<boolean>;
}

/** Keeps the nonces on their way. */
export function createNonces(): Nonces {
  const awaited = new Map<string, PromiseWithResolvers<true>>();
  return {
    create() {
      const nonce = prefix + randomUUID();
      awaited.set(nonce, Promise.withResolvers());
      return nonce;
    },
    receive(message) {
      awaited.get(message)?.resolve(true);
      return message.startsWith(prefix);
    },
    async arrival(nonce, timeoutMs) {
      const timer = new AbortController();
      const late = delay(timeoutMs, false, { signal: timer.signal, ref: false }).catch(() => false);
      try {
        return await Promise.race([awaited.get(nonce)?.promise ?? false, late]);
      } finally {
        timer.abort();
        awaited.delete(nonce);
      }
    },
  };
}
