import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const token = '0123456789abcdef'.repeat(2) + '01234567';

/** Opens the app with a link; returns the token that it took and what the address bar shows after it. */
async function opened(link: string) {
  const { hash, pathname, search } = new URL(link, 'https://gate.example.org');
  let shown = pathname + search + hash;
  const history = {
    state: { kept: true },
    replaceState: (state: unknown, _: string, address: string) => {
      expect(state).toEqual({ kept: true });
      shown = address;
    },
  };
  vi.stubGlobal('window', { location: { hash, pathname, search }, history });
  const { setupToken } = await import('./setup-token.ts');
  return { setupToken, shown };
}

test('takes the token of the link on the console, and takes it out of the address', async () => {
  expect(await opened(`/welcome?step=account#setup=${token}`)).toEqual({
    setupToken: token,
    shown: '/welcome?step=account',
  });
});

test.each([
  '#setup=',
  `#setup=${token}0`,
  `#setup=${token.slice(1)}`,
  `#setup=${token.toUpperCase()}`,
  `#x&setup=${token}`,
  '#log',
  '',
])('leaves an address alone that ends with %j', async (hash) => {
  expect(await opened(`/servers${hash}`)).toEqual({ setupToken: undefined, shown: `/servers${hash}` });
});
