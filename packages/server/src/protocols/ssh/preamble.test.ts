import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kexInit } from '../../../test/ssh-servers/kex-init.ts';
import { listenToPreamble } from './preamble.ts';

const KiB = 1024;

async function hear(chunks: Iterable<Buffer>) {
  const stream = new PassThrough();
  let tooLong = 0;
  const ended: unknown[] = [];
  const preamble = listenToPreamble(stream, {
    onTooLong: () => (tooLong += 1),
    onEnd: (offer) => ended.push(offer),
  });
  for (const chunk of chunks) stream.write(chunk);
  await nextTurn();
  return { preamble, stream, tooLong, ended };
}

function* byteForByte(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}

const offer = kexInit('curve25519-sha256,none-such', 'ssh-ed25519', 'aes128-ctr', '', 'hmac-sha2-256');

test.for([
  ['at once', (bytes: Buffer) => [bytes]],
  ['byte for byte', byteForByte],
] as const)('reads greeting, identification and offer that come %s', async ([, cut]) => {
  const greeting = 'Welcome to SSH-2.0\r\n'.repeat(500);
  const { preamble, tooLong, ended } = await hear(
    cut(Buffer.concat([Buffer.from(`${greeting}SSH-2.0-test 1\r\n`), offer, Buffer.from('more')])),
  );
  expect(await preamble.identification).toBe('SSH-2.0-test 1');
  expect(preamble.offer()).toEqual({
    kex: ['curve25519-sha256', 'none-such'],
    serverHostKey: ['ssh-ed25519'],
    cipher: ['aes128-ctr'],
    hmac: ['hmac-sha2-256'],
  });
  expect(tooLong).toBe(0);
  expect(ended).toEqual([preamble.offer()]);
});

test('gives up a greeting above 64 KiB, having copied and searched it about once', async () => {
  const before = process.threadCpuUsage();
  const { tooLong, stream } = await hear(byteForByte(Buffer.alloc(65 * KiB, 'x')));
  const { user, system } = process.threadCpuUsage(before);
  expect(tooLong).toBe(1);
  expect(stream.listenerCount('data')).toBe(0);
  // Reading all of it again for each byte takes several seconds.
  expect((user + system) / 1e6).toBeLessThan(2);
});
