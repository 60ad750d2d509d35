import { say, type Message } from '@gatehouse/contract/messages/message';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import type { TerminalServerFrame } from '@gatehouse/contract/terminal-frames';
import type { CloseReason, Sink, Transport } from './sink.ts';

/** How a client joins. `instead`: it replaces the client that joined in this mode before, as when a person changes windows. `beside`: all stay. */
export type JoinMode = 'instead' | 'beside';

interface ClientsListener {
  onBytes(bytes: Buffer, from: Sink): void;
  onControl(message: unknown, from: Sink): void;
  /** It is lost, or was replaced. */
  onGone(client: Sink): void;
  /** No client was connected for the time of `expectFor`. */
  onAbandoned(): void;
}

/** The clients of a session. */
export interface Clients {
  join(transport: Transport, mode: JoinMode): Sink;
  all(): readonly Sink[];
  tell(frame: TerminalServerFrame): void;
  /** Closes all of them and stops waiting for others. */
  close(reason: CloseReason, why: Message | ProblemCode): void;
  /** Waits for a client this long, in milliseconds; starts again when the last client is lost. */
  expectFor(ms: () => number): void;
}

/** Creates the clients of one session. */
export function createClients(listener: ClientsListener): Clients {
  const joined = new Map<Sink, JoinMode>();
  let abandoned: NodeJS.Timeout | undefined;
  let patienceMs: (() => number) | undefined;

  const expect = () => {
    clearTimeout(abandoned);
    if (patienceMs !== undefined && joined.size === 0) {
      abandoned = setTimeout(() => {
        listener.onAbandoned();
      }, patienceMs());
    }
  };
  const remove = (client: Sink) => {
    if (joined.delete(client)) listener.onGone(client);
  };
  const takeOver = () => {
    for (const [client, mode] of joined) {
      if (mode !== 'instead') continue;
      client.close('takenOver', say('closed_by_other_client'));
      remove(client);
    }
  };
  return {
    join(transport, mode) {
      if (mode === 'instead') takeOver();
      clearTimeout(abandoned);
      const client = transport({
        onBytes: (bytes) => {
          listener.onBytes(bytes, client);
        },
        onControl: (message) => {
          listener.onControl(message, client);
        },
        onLost: () => {
          remove(client);
          expect();
        },
      });
      joined.set(client, mode);
      return client;
    },
    all: () => [...joined.keys()],
    tell(frame) {
      for (const client of joined.keys()) client.tell(frame);
    },
    close(reason, why) {
      patienceMs = undefined;
      clearTimeout(abandoned);
      for (const client of joined.keys()) {
        client.close(reason, why);
        remove(client);
      }
    },
    expectFor(ms) {
      patienceMs = ms;
      expect();
    },
  };
}
