import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Forward } from '../dial/reach.ts';

/** Connects by a jump host: a `direct-tcpip` channel (RFC 4254 section 7.2). The originator is of no use to the far end, so it learns nothing. */
export function forwardBy(jumpHost: Client): Forward {
  return ({ host, port }, signal) =>
    new Promise<Duplex>((opened, failed) => {
      jumpHost.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
        if (error) {
          failed(error);
          return;
        }
        // Stays for the channel's life: an error on a stream without a listener would end the process.
        channel.on('error', () => undefined);
        if (signal.aborted) channel.destroy();
        else opened(channel);
      });
    });
}
