import type { Writable } from 'node:stream';
import { gatherInput } from './input-gathering.ts';
import type { Wire } from '../../transports/websocket/websocket-sink.ts';

/** What may be typed before the shell is there. */
const maxEarlyBytes = 64 * 1024;

/** Carries what a person types to the shell, no faster than the server takes it. */
export interface Input {
  push(bytes: Buffer, from: Wire): void;
  /** The shell is there. */
  open(stream: Writable): void;
}

export function createInput(): Input {
  let stream: Writable | undefined;
  let last: Wire | undefined;
  let early: Buffer[] = [];
  let earlyBytes = 0;
  let held: Wire | undefined;
  const gathering = gatherInput((bytes) => {
    if (stream?.write(bytes) !== false) return;
    // The server does not read: neither do we, and TCP tells the client.
    held = last;
    held?.pause();
  });
  return {
    push(bytes, from) {
      if (stream !== undefined) {
        last = from;
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
        held?.resume();
        held = undefined;
      });
      if (earlyBytes > 0) shell.write(Buffer.concat(early));
      early = [];
    },
  };
}
