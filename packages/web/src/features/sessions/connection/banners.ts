import type { Step } from '@gatehouse/contract/problem';

/** What the servers of a login said before it succeeded (RFC 4252 section 5.4), for a terminal; undefined if they said nothing. */
export function bannersOf(steps: readonly Step[]): Uint8Array | undefined {
  const lines = steps.flatMap(({ detailCode, detailParams }) => {
    const text = detailCode === 'auth_banner' ? detailParams?.['text'] : undefined;
    return typeof text === 'string' ? text.split('\n') : [];
  });
  if (lines.length === 0) return undefined;
  return new TextEncoder().encode(lines.map((line) => `${line.replaceAll(/\p{Cc}/gu, ' ')}\r\n`).join(''));
}
