import { createDiffieHellmanGroup } from 'node:crypto';
import { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import { interceptInbound } from './ssh2-internals.ts';

/** The most processor time of one step of a handshake, in milliseconds, which blocks the event loop. */
export const maxStepMs = 50;

/**
 * Checks at the start that logins do not block this process. Throws if this ssh2 cannot be interrupted while it reads. Returns the processor time, in
 * milliseconds, of the most expensive step of the offered key exchanges: an exponentiation with group 16.
 */
export function checkLogins(): number {
  checkInterception();
  const before = process.threadCpuUsage();
  createDiffieHellmanGroup('modp16').generateKeys();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function checkInterception(): void {
  const nowhere = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const client = new Client();
  client.on('error', () => undefined);
  client.connect({ sock: nowhere, username: 'self-check', readyTimeout: 0 });
  try {
    interceptInbound(client, { admit: () => 'handle', isTurnOver: () => false, onData: () => undefined });
  } finally {
    nowhere.destroy();
  }
}
