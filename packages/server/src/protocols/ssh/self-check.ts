import { createDiffieHellmanGroup } from 'node:crypto';
import { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import { interceptInbound } from './ssh2-internals.ts';

/** What one step of a handshake may take of the event loop, in milliseconds of processor time. */
export const maxStepMs = 50;

/**
 * Checks at the start that logins do not hold this process. Throws where ssh2 is not the one whose reading is shared out by turns. Returns how many
 * milliseconds of processor time the dearest step of a key exchange takes that is offered to every server: an exponentiation with group 16.
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
