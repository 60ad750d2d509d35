import type { DataReport, RecoveryKit } from '@gatehouse/contract/site';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal, withSockets } from '../../../test/rendering/network.ts';
import { markupOf, newClient, wordsOf } from '../../../test/rendering/rendered.tsx';
import { problemOf } from '../../lib/api.ts';
import { recoveryKit, serverVersion, socketCheck, useVerifyData } from './queries.ts';
import { SocketStatus } from './socket-status.tsx';
import { en } from './texts/en.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const kit: RecoveryKit = {
  version: '1.2.3',
  dataDir: '/var/lib/gatehouse',
  database: 'sqlite',
  key: { source: 'file', path: '/etc/gatehouse/encryption.key', fingerprint: '72ca7c27ccfc6b6975947e74f84d086a' },
  createdAt: '2026-03-04T05:06:07.890Z',
};

describe('the WebSocket check', () => {
  function shown(arrives: boolean | undefined) {
    const client = newClient();
    if (arrives !== undefined) client.setQueryData(socketCheck.queryKey, arrives);
    return wordsOf(markupOf(<SocketStatus />, { client }));
  }

  test('shows its result, and the configuration of a proxy only if it failed', () => {
    expect(shown(undefined)).toBe(en.sockets.asking);
    expect(shown(true)).toBe(en.sockets.arrive);
    expect(shown(false)).toContain(en.sockets.stay);
    expect(shown(false)).toContain('proxy_set_header Upgrade $http_upgrade;');
  });

  test('opens a socket each time, because a proxy may have been changed', async () => {
    const sockets = withSockets();
    const client = newClient();
    for (const outcome of [true, false]) {
      const checking = client.query(socketCheck);
      const socket = sockets.at(-1);
      if (outcome) socket?.open();
      else socket?.end();
      expect(await checking).toBe(outcome);
    }
    expect(sockets).toHaveLength(2);
  });
});

describe('the recovery kit', () => {
  test('is read once, because each request is recorded', async () => {
    const sent = answering(() => kit);
    const client = newClient();
    await client.query(recoveryKit);
    await client.query(recoveryKit);
    expect(sent.map(({ path }) => path)).toEqual(['/api/service/recovery-kit']);
  });
});

describe('the server', () => {
  test('says which version it has', async () => {
    answering(() => ({ version: '1.2.3' }));
    expect(await newClient().query(serverVersion)).toBe('1.2.3');
  });

  const report: DataReport = {
    result: 'ok',
    secrets: { opened: 12, problemCount: 0, problems: [] },
    audit: {
      ok: true,
      entries: 90,
      firstBad: null,
      problem: null,
      checkpoints: { comparison: 'match', compared: 1, newest: 80, forged: 0 },
    },
  };

  test('verifies its data when asked, and makes no list stale', async () => {
    const { requests, result, stale } = await change({ use: useVerifyData, input: undefined, answer: () => report });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^POST \/api\//);
    expect([result, stale]).toMatchObject([{ result: 'ok' }, []]);
  });

  test('refuses to verify for people who are no administrators', async () => {
    const { error } = await change({ use: useVerifyData, input: undefined, answer: () => refusal(403, 'forbidden') });
    expect(problemOf(error)).toMatchObject({ error: 'forbidden' });
  });
});
