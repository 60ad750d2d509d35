/** What a checkpoint states (https://c2sp.org/tlog-checkpoint): the number of entries and the hash of the last, in Base64. */
export function sizeAndHash(note: string): { readonly size: number; readonly hash: string } | undefined {
  const [, size = '', hash = ''] = note.split('\n');
  return /^\d+$/.test(size) && hash !== '' ? { size: Number(size), hash } : undefined;
}
