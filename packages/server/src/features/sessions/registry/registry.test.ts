import type { MessageCode } from '@gatehouse/contract/messages/message';
import { describe, expect, test } from 'vitest';
import { effectOf, type GrantBasis, type Revoked } from '../../../access/revocation.ts';
import { AppError, forbidden, refuse } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Revocation } from '../../../kernel/events.ts';
import { createLogger } from '../../../kernel/logger.ts';
import type { Ending } from './live-session.ts';
import { createRegistry } from './registry.ts';

const logger = createLogger('silent');

function callerOf(accountId: number, credentialId = 1): Caller {
  const client = { ip: '127.0.0.1', userAgent: '', requestId: '' };
  const signIn = { via: { type: 'session', id: credentialId }, expiresAtMs: Infinity, scopes: 'all' } as const;
  return { accountId, username: '', isAdmin: false, ...signIn, client };
}

function basedOn(more: Partial<GrantBasis> = {}): GrantBasis {
  return { callers: [callerOf(1)], owners: [], entryIds: [5], identityIds: [7], ...more };
}

/** A session that writes down why it was ended. */
function session(basis: GrantBasis, { id = 1, recheck = () => Promise.resolve() } = {}) {
  const ended: MessageCode[] = [];
  const grant = { callers: basis.callers, isRevokedBy: (what: Revoked) => effectOf(what, basis), recheck };
  const end = ({ why }: Ending) => void ended.push(why.code);
  return { id, grant, ended, end, atShutdown: 'ends' as const };
}

function create({ maxPerAccount = 10 } = {}) {
  return createRegistry({ maxPerAccount: () => maxPerAccount, logger });
}

const identityDeleted: Revocation = { kind: 'identity', identityId: 7 };
const organization = { type: 'organization', id: 3 } as const;
const permissionsChanged: Revocation = { kind: 'permissions', organizationId: 3, accountId: 1 };

describe('a revocation', () => {
  test('ends what rests on it and nothing else', () => {
    const live = create();
    const [hit, spared] = [session(basedOn()), session(basedOn({ identityIds: [8] }), { id: 2 })];
    for (const one of [hit, spared]) live.reserve(callerOf(1)).start(one);
    live.revoke(identityDeleted);
    expect([hit.ended, spared.ended]).toEqual([['ended_by_identity'], []]);
  });

  test('that comes while a session is prepared ends it as soon as it is there', () => {
    const live = create();
    const place = live.reserve(callerOf(1));
    live.revoke(identityDeleted);
    const late = session(basedOn());
    place.start(late);
    expect(late.ended).toHaveLength(1);
  });

  test('of permissions ends what needs the one that is gone', async () => {
    for (const isGranted of [true, false]) {
      const live = create();
      const recheck = () => (isGranted ? Promise.resolve() : Promise.reject(forbidden('connection_denied')));
      const one = session(basedOn({ owners: [organization] }), { recheck });
      live.reserve(callerOf(1)).start(one);
      live.revoke(permissionsChanged);
      await Promise.resolve();
      await Promise.resolve();
      expect(one.ended).toHaveLength(isGranted ? 0 : 1);
    }
  });

  test('of permissions that cannot be looked up ends the session', async () => {
    const live = create();
    const recheck = () => Promise.reject(new Error('no database'));
    const one = session(basedOn({ owners: [organization] }), { recheck });
    live.reserve(callerOf(1)).start(one);
    live.revoke(permissionsChanged);
    await expect.poll(() => one.ended).toHaveLength(1);
  });

  test.for<[Revocation, Partial<GrantBasis>, number]>([
    [{ kind: 'account', accountId: 1 }, {}, 1],
    [{ kind: 'account', accountId: 2 }, {}, 0],
    [{ kind: 'login-session', id: 1, accountId: 1 }, {}, 1],
    [{ kind: 'login-session', id: 2, accountId: 1 }, {}, 0],
    [{ kind: 'login-session', id: 2, accountId: 1 }, { callers: [callerOf(1), callerOf(1, 2)] }, 1],
    [{ kind: 'api-key', id: 1, accountId: 1 }, {}, 0],
    [{ kind: 'membership', organizationId: 3, accountId: 1 }, { owners: [organization] }, 1],
    [{ kind: 'membership', organizationId: 3, accountId: 2 }, { owners: [organization] }, 0],
    [{ kind: 'membership', organizationId: 4, accountId: 1 }, { owners: [organization] }, 0],
    [{ kind: 'organization', organizationId: 3 }, { owners: [organization] }, 1],
    [{ kind: 'entry', entryId: 5 }, {}, 1],
    [{ kind: 'entry', entryId: 6 }, {}, 0],
  ])('%j', ([what, basis, times]) => {
    const live = create();
    const one = session(basedOn(basis));
    live.reserve(callerOf(1)).start(one);
    live.revoke(what);
    expect(one.ended).toHaveLength(times);
  });
});

describe('confirmations that are lost', () => {
  const lost = { kind: 'confirmations', entryIds: [4, 5] } as const;
  const suspended = () => Promise.reject(refuse('link_changed', { server: 'web', identity: 'deploy' }));

  test('are for the login to notice as long as it goes on, and end the session after it', async () => {
    const live = create();
    const place = live.reserve(callerOf(1));
    live.revoke(lost);
    const one = session(basedOn(), { recheck: suspended });
    place.start(one);
    live.revoke(lost);
    await Promise.resolve();
    expect(one.ended).toEqual([]);
    place.loggedIn();
    await expect.poll(() => one.ended).toContain('ended_by_confirmation');
  });

  test('end what runs on that server, and only where its own identity is concerned', async () => {
    for (const [basis, recheck, ends] of [
      [basedOn(), suspended, true],
      [basedOn(), () => Promise.resolve(), false],
      [basedOn({ entryIds: [6] }), suspended, false],
    ] as const) {
      const live = create();
      const one = session(basis, { recheck });
      const place = live.reserve(callerOf(1));
      place.start(one);
      place.loggedIn();
      live.revoke(lost);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      expect(one.ended).toHaveLength(ends ? 1 : 0);
    }
  });
});

describe('places', () => {
  test('are counted for each account from the moment they are taken', () => {
    const live = create({ maxPerAccount: 2 });
    const first = live.reserve(callerOf(1));
    live.reserve(callerOf(1));
    expect(() => live.reserve(callerOf(1))).toThrow(AppError);
    live.reserve(callerOf(2));
    first.release();
    first.release();
    live.reserve(callerOf(1));
  });

  test('are not given any more once closed, and tell when the last is left', async () => {
    const live = create();
    const place = live.reserve(callerOf(1));
    const one = session(basedOn());
    place.start(one);
    live.close();
    expect(() => live.reserve(callerOf(2))).toThrow(AppError);
    expect(live.get(1)).toBe(one);
    const idle = live.idle();
    place.release();
    await idle;
    expect([live.get(1), live.all()]).toEqual([undefined, []]);
  });
});
