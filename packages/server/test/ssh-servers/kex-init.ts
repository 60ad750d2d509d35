/** A KEXINIT (RFC 4253 sections 6 and 7.1) with these lists; the others are empty. */
export function kexInit(...lists: readonly string[]): Buffer {
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
