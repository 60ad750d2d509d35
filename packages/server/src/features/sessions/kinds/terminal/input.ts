import type { Writable } from 'node:stream';
import { say } from '@gatehouse/contract/messages/message';
import type { Sink } from '../../stream/sink.ts';
import { gatherInput } from './input-gathering.ts';

/** The most input that is kept before the shell opens. */
const maxEarlyBytes = 64 * 1024;

/** Forwards input of clients to the shell, no faster than the server accepts it. */
export interface Input {
  push(bytes: Buffer, from: Sink): void;
  /** Called when the shell is open. */
  open(stream: Writable): void;
}

/** Queues early input until `open`. */
export function createInput(): Input {
  let stream: Writable | undefined;
  let early: Buffer[] = [];
  let earlyBytes = 0;
  /** The clients whose bytes are in the next write, and those that are paused. */
  const typing = new Set<Sink>();
  const held = new Set<Sink>();
  const gathering = gatherInput((bytes) => {
    const isTaken = stream?.write(bytes) !== false;
    // The server does not read, so the clients are not read either; the transport slows them down.
    for (const client of isTaken ? [] : typing) {
      held.add(client);
      client.pause();
    }
    typing.clear();
  });
  return {
    push(bytes, from) {
      if (stream !== undefined) {
        typing.add(from);
        gathering.add(bytes);
        return;
      }
      if (earlyBytes + bytes.length > maxEarlyBytes) {
        from.reject(say('closed_for_early_input'));
        return;
      }
      earlyBytes += bytes.length;
      early.push(bytes);
    },
    open(shell) {
      stream = shell;
      shell.on('drain', () => {
        for (const client of held) client.resume();
        held.clear();
      });
      if (earlyBytes > 0) shell.write(Buffer.concat(early));
      early = [];
    },
  };
}
