import { beforeEach, describe, expect, it } from 'vitest';
import { createEvents, type Event, type Events } from '../../kernel/events.ts';
import { LongAnswer } from '../../kernel/http/long-answer.ts';
import { PreparedAnswer } from '../../kernel/http/serve.ts';
import { createListCache, type ListCache } from './list-cache.ts';

let events: Events;
let cache: ListCache;
let made: number;

beforeEach(() => {
  events = createEvents();
  cache = createListCache(events);
  made = 0;
});

const list = async (accountId: number, organizations: number[] = [], bytes = 10) => {
  const { etag } = await cache.get(accountId, () => {
    made++;
    const answer = new PreparedAnswer(Buffer.alloc(bytes), `"${made}"`);
    return Promise.resolve({ answer, organizations: new Set(organizations) });
  });
  return etag;
};

describe('the kept lists', () => {
  it('answer again what nothing has changed', async () => {
    expect(await list(1)).toBe('"1"');
    expect(await list(1)).toBe('"1"');
    expect(await list(2)).toBe('"2"');
  });

  it.each<[string, Event]>([
    ['an identity of the account', { type: 'identities', owners: [{ type: 'account', id: 1 }] }],
    ['an identity of its organization', { type: 'identities', owners: [{ type: 'organization', id: 7 }] }],
    ['an entry of the account, which may refer to one', { type: 'entries', owners: [{ type: 'account', id: 1 }] }],
    ['an entry of its organization', { type: 'entries', owners: [{ type: 'organization', id: 7 }] }],
    ['its memberships', { type: 'organizations', accountIds: [1] }],
    ['its removal', { type: 'revoked', what: { kind: 'membership', organizationId: 7, accountId: 1 } }],
    ['the end of its organization', { type: 'revoked', what: { kind: 'organization', organizationId: 7 } }],
    ['its own end', { type: 'revoked', what: { kind: 'account', accountId: 1 } }],
  ])('are made again after a change of %s', async (_what, event) => {
    await list(1, [7]);
    events.emit(event);
    expect(await list(1, [7])).toBe('"2"');
  });

  it.each<[string, Event]>([
    ['an identity of another account', { type: 'identities', owners: [{ type: 'account', id: 7 }] }],
    ['an identity of another organization', { type: 'identities', owners: [{ type: 'organization', id: 1 }] }],
    ['the connections', { type: 'connections', accountIds: [1] }],
  ])('stay after a change of %s', async (_what, event) => {
    await list(1, [7]);
    events.emit(event);
    expect(await list(1, [7])).toBe('"1"');
  });

  it('do not keep what was begun before a change and ended after it', async () => {
    const stale = new PreparedAnswer(Buffer.from('old'), '"old"');
    const begun = cache.get(1, async () => {
      events.emit({ type: 'identities', owners: [{ type: 'account', id: 1 }] });
      return Promise.resolve({ answer: stale, organizations: new Set() });
    });
    expect(await begun).toBe(stale);
    expect(await list(1)).toBe('"1"');
  });

  it('give up the list that was asked for longest ago when they grow too large', async () => {
    const half = 16 * 1024 * 1024;
    await list(1, [], half);
    await list(2, [], half);
    await list(1, [], half);
    await list(3, [], half);
    expect(await list(1)).toBe('"1"');
    expect(await list(3)).toBe('"3"');
    expect(await list(2)).toBe('"4"');
  });

  it('do not keep one that is too large by itself', async () => {
    await list(1, [], 40 * 1024 * 1024);
    expect(await list(1)).toBe('"2"');
  });

  it('do not keep a long answer, which pushes out no other', async () => {
    await list(1);
    const long = new LongAnswer([Buffer.alloc(40 * 1024 * 1024)], '"long"');
    const make = () => Promise.resolve({ answer: long, organizations: new Set<number>() });
    expect(await cache.get(2, make)).toBe(long);
    expect(await list(1)).toBe('"1"');
    expect(await list(2)).toBe('"2"');
  });
});
