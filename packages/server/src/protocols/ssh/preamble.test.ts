import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { listenToPreamble } from './preamble.ts';

const KiB = 1024;

/** A KEXINIT (RFC 4253 sections 6 and 7.1) with these lists; the others are empty. */
function kexInit(...lists: readonly string[]): Buffer {
  const names = Array.from({ length: 10 }, (_, index) => {
    const name = Buffer.from(lists[index] ?? '');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(name.length);
    return Buffer.concat([length, name]);
  });
  const body = Buffer.concat([Buffer.from([4, 20]), Buffer.alloc(16), ...names, Buffer.alloc(5 + 4)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

async function hear(chunks: Iterable<Buffer>) {
  const stream = new PassThrough();
  let tooLong = 0;
  const preamble = listenToPreamble(stream, () => (tooLong += 1));
  for (const chunk of chunks) stream.write(chunk);
  await nextTurn();
  return { preamble, stream, tooLong };
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
  const { preamble, tooLong } = await hear(
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
