import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Forward } from '../dial/reach.ts';

/** Connects through a jump host: a `direct-tcpip` channel (RFC 4254 section 7.2). The remote end does not need the originator, so it is not told. */
export function forwardBy(jumpHost: Client): Forward {
  return ({ host, port }, signal) =>
    new Promise<Duplex>((opened, failed) => {
      jumpHost.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
        if (error) {
          failed(error);
          return;
        }
        // Stays for the channel's life: an error event without a listener would end the process.
        channel.on('error', () => undefined);
        if (signal.aborted) channel.destroy();
        else opened(channel);
      });
    });
}
