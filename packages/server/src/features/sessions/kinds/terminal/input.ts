import type { Writable } from 'node:stream';
import type { Sink } from '../../stream/sink.ts';
import { gatherInput } from './input-gathering.ts';

/** What may be typed before the shell is there. */
const maxEarlyBytes = 64 * 1024;

/** Carries what clients type to the shell, no faster than the server takes it. */
export interface Input {
  push(bytes: Buffer, from: Sink): void;
  /** The shell is there. */
  open(stream: Writable): void;
}

/** Keeps what is typed early until `open`. */
export function createInput(): Input {
  let stream: Writable | undefined;
  let early: Buffer[] = [];
  let earlyBytes = 0;
  /** Those whose bytes are in the next write, and those that are not read. */
  const typing = new Set<Sink>();
  const held = new Set<Sink>();
  const gathering = gatherInput((bytes) => {
    const isTaken = stream?.write(bytes) !== false;
    // The server does not read: neither do we, and the transport tells the client.
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
        from.reject('too much input before the shell is there');
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
