import type { Step } from '@gatehouse/contract/problem';
import { afterEach, expect, test, vi } from 'vitest';
import { answering, withSockets } from '../../../../test/rendering/network.ts';
import { bannersOf } from './banners.ts';
import { TerminalConnection } from './terminal-connection.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function banner(text: string): Step {
  return { step: 'auth', status: 'ok', ms: 1, detail: text, detailCode: 'auth_banner', detailParams: { text } };
}

const other: Step = { step: 'auth', status: 'ok', ms: 1, detail: 'Authenticated.', detailCode: 'logged_in' };

test('puts every message of a server on lines of its own', () => {
  const shown = bannersOf([banner('Authorized users only\n\n  since 1970'), other, banner('Bye')]);
  expect(new TextDecoder().decode(shown)).toBe('Authorized users only\r\n\r\n  since 1970\r\nBye\r\n');
});

test('shows no control characters, whatever the server lets through', () => {
  expect(new TextDecoder().decode(bannersOf([banner('a\u001B[2Jb\u009Bc')]))).toBe('a [2Jb c\r\n');
});

test('shows nothing for a login without messages', () => {
  expect(bannersOf([other])).toBeUndefined();
});

test('they are the first lines of a terminal, and are not shown again to a client that joins later', async () => {
  const sockets = withSockets();
  answering(() => ({ sessionId: 12, ticket: 'once', expiresAt: '2026-03-04T10:00:00.000Z' }));
  const written: string[] = [];
  const connection = new TerminalConnection({
    target: { entryId: 4, name: 'web-1' },
    sessionId: 12,
    size: () => ({ cols: 80, rows: 24 }),
    isShown: () => true,
    sink: {
      write: (bytes) => void written.push(new TextDecoder().decode(bytes)),
      startReplay: () => void written.push('<replay>'),
    },
    onSession: () => undefined,
    onToBeSaved: () => Promise.resolve(undefined),
  });
  for (const resumed of [false, true]) {
    connection.join();
    const number = resumed ? 1 : 0;
    const socket = await vi.waitUntil(() => sockets[number]);
    socket.open();
    socket.say({ t: 'step', ...banner('Authorized\nusers only') });
    socket.say({ t: 'ready', sessionId: 12, resumed });
  }
  expect(written).toEqual(['Authorized\r\nusers only\r\n', '<replay>']);
});
