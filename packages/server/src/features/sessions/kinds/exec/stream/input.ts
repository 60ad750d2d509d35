import type { Writable } from 'node:stream';
import { say } from '@gatehouse/contract/messages/message';
import { windowBytes } from '../../../stream/joinable-stream.ts';
import type { Sink } from '../../../stream/sink.ts';

/** Acknowledges input in portions of this size. */
const acknowledgedBytes = 64 * 1024;

/** Forwards the standard input of a command, no faster than the server accepts it. */
export interface CommandInput {
  push(bytes: Buffer, from: Sink): void;
  /** There is no more. */
  end(): void;
  /** Called when the command runs. */
  open(stdin: Writable): void;
}

/**
 * Acknowledges input when the server has accepted it. A client that sends more than the window in advance is not read meanwhile: then its own
 * acknowledgements are not read either, so a command that waits for them with its output does not read its input. Clients that keep to the window
 * are always read.
 */
export function createCommandInput(): CommandInput {
  let stdin: Writable | undefined;
  let early: (() => void)[] = [];
  let isEnded = false;
  let isHeld = false;
  let waiting = 0;
  let accepted = 0;

  const accept = (bytes: number, client: Sink) => {
    waiting -= bytes;
    accepted += bytes;
    if (accepted >= acknowledgedBytes || waiting === 0) {
      client.tell({ t: 'ack', bytes: accepted });
      accepted = 0;
    }
    if (isHeld && waiting <= windowBytes) {
      isHeld = false;
      client.resume();
    }
  };
  const write = (bytes: Buffer, from: Sink) => {
    // What a command does not read any more is dropped, as in a pipe.
    if (stdin?.writable !== true) accept(bytes.length, from);
    else
      stdin.write(bytes, () => {
        accept(bytes.length, from);
      });
  };
  return {
    push(bytes, from) {
      if (isEnded) {
        from.reject(say('closed_for_late_input'));
        return;
      }
      waiting += bytes.length;
      if (waiting > windowBytes && !isHeld) {
        isHeld = true;
        from.pause();
      }
      if (stdin !== undefined) write(bytes, from);
      else
        early.push(() => {
          write(bytes, from);
        });
    },
    end() {
      isEnded = true;
      stdin?.end();
    },
    open(opened) {
      stdin = opened;
      for (const flush of early) flush();
      early = [];
      if (isEnded) opened.end();
    },
  };
}
