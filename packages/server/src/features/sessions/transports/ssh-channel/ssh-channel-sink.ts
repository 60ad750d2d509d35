import { maxTerminalSide } from '@gatehouse/contract/terminal-frames';
import type { ServerChannel, Session } from 'ssh2';
import { inEnglish } from '@gatehouse/contract/messages/message';
import type { Sink, Transport } from '../../stream/sink.ts';

/**
 * Carries a session over the channel of an admitted SSH client (RFC 4254 section 6): output as data, of a command also as extended data, window changes as control messages, the end of
 * the session as exit status. Questions of a login are not shown: such a client joins sessions that are logged in.
 */
export function overSshChannel(session: Session, channel: ServerChannel): Transport {
  return (listener) => {
    let attached = true;
    let queued = 0;
    const detach = () => {
      const was = attached;
      attached = false;
      return was;
    };
    const sink: Sink = {
      tell(frame) {
        if (frame.t === 'error') channel.stderr.write(`${frame.message}\r\n`);
        if (frame.t !== 'exit') return;
        if (frame.signal !== null) channel.exit(frame.signal);
        else if (frame.code !== null) channel.exit(frame.code);
      },
      send(bytes, stream) {
        queued += bytes.length;
        // Called back when the window of the client had room for it.
        (stream === 'stderr' ? channel.stderr : channel).write(bytes, () => {
          queued -= bytes.length;
          if (attached) listener.onControl({ t: 'ack', bytes: bytes.length });
        });
      },
      queuedBytes: () => queued,
      pause: () => channel.pause(),
      resume: () => channel.resume(),
      // Windows are acknowledged by the library, also while the channel is not read.
      isPaused: () => false,
      close() {
        detach();
        // Sends queued data first; then EOF, and the close.
        channel.end();
      },
      reject(why) {
        const was = detach();
        channel.stderr.write(`${inEnglish(why)}\r\n`);
        channel.end();
        if (was) listener.onLost();
      },
    };
    channel.on('data', (bytes: Buffer) => {
      if (attached) listener.onBytes(bytes);
    });
    session.on('window-change', (accept, _reject, { cols, rows }) => {
      // Absent if the client wants no reply, which the library's types do not know.
      (accept as (() => void) | undefined)?.();
      // A client without a window sends zeros, which mean nothing (section 6.2).
      if (attached && cols > 0 && rows > 0) listener.onControl({ t: 'resize', cols: atMost(cols), rows: atMost(rows) });
    });
    channel.on('error', () => undefined);
    channel.once('close', () => {
      if (detach()) listener.onLost();
    });
    return sink;
  };
}

function atMost(side: number): number {
  return Math.min(side, maxTerminalSide);
}
