import { beforeEach, describe, expect, it } from 'vitest';
import { createEvents, type Event, type Events } from '../../kernel/events.ts';
import { LongAnswer } from '../../kernel/http/long-answer.ts';
import { PreparedAnswer } from '../../kernel/http/prepared-answer.ts';
import { createListCache, type ListCache } from './list-cache.ts';

let events: Events;
let cache: ListCache;
let made: number;

beforeEach(() => {
  events = createEvents();
  cache = createListCache(events);
  made = 0;
});

const list = async (accountId: number, organizations: number[] = [], { bytes = 10, query = '' } = {}) => {
  const { answer } = await cache.get(accountId, query, () => {
    made++;
    const page = { answer: new PreparedAnswer(Buffer.alloc(bytes), `"${made}"`), next: undefined };
    return Promise.resolve({ page, organizations: new Set(organizations) });
  });
  return answer.etag;
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
    ['its permissions', { type: 'revoked', what: { kind: 'permissions', organizationId: 7, accountId: 1 } }],
    ['its own end', { type: 'revoked', what: { kind: 'account', accountId: 1 } }],
  ])('are made again after a change of %s', async (_what, event) => {
    await list(1, [7]);
    await list(1, [7], { query: 'page' });
    events.emit(event);
    expect(await list(1, [7])).toBe('"3"');
    expect(await list(1, [7], { query: 'page' })).toBe('"4"');
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
    const begun = cache.get(1, '', async () => {
      events.emit({ type: 'identities', owners: [{ type: 'account', id: 1 }] });
      return Promise.resolve({ page: { answer: stale, next: undefined }, organizations: new Set() });
    });
    expect((await begun).answer).toBe(stale);
    expect(await list(1)).toBe('"1"');
  });

  it('are kept apart by what was asked for, with where the next page begins', async () => {
    const make = (next: string) => () =>
      Promise.resolve({
        page: { answer: new PreparedAnswer(Buffer.from(next), `"${next}"`), next },
        organizations: new Set<number>(),
      });
    await cache.get(1, 'a', make('after a'));
    await cache.get(1, 'b', make('after b'));
    expect((await cache.get(1, 'a', make('c'))).next).toBe('after a');
    expect((await cache.get(1, 'b', make('c'))).next).toBe('after b');
    expect((await cache.get(2, 'a', make('c'))).next).toBe('c');
  });

  it('give up the page of an account that was asked for longest ago when they are many', async () => {
    await list(1);
    await list(2);
    for (let page = 0; page < 128; page++) await list(1, [], { query: String(page) });
    expect(await list(1, [], { query: '0' })).toBe('"3"');
    expect(await list(1)).toBe('"131"');
    expect(await list(2)).toBe('"2"');
    expect(await list(1, [], { query: '0' })).toBe('"3"');
    expect(await list(1, [], { query: '1' })).toBe('"132"');
  });

  it('give up the list that was asked for longest ago when they grow too large', async () => {
    const half = 16 * 1024 * 1024;
    await list(1, [], { bytes: half });
    await list(2, [], { bytes: half });
    await list(1, [], { bytes: half });
    await list(3, [], { bytes: half });
    expect(await list(1)).toBe('"1"');
    expect(await list(3)).toBe('"3"');
    expect(await list(2)).toBe('"4"');
  });

  it('count a new page of an account as a use of its lists', async () => {
    const third = Math.floor((32 * 1024 * 1024) / 3);
    await list(1, [], { bytes: third });
    await list(2, [], { bytes: third });
    await list(1, [], { bytes: third, query: 'page' });
    await list(3, [], { bytes: third });
    expect(await list(1)).toBe('"1"');
    expect(await list(1, [], { query: 'page' })).toBe('"3"');
    expect(await list(2)).toBe('"5"');
  });

  it('do not keep one that is too large by itself', async () => {
    await list(1, [], { bytes: 40 * 1024 * 1024 });
    expect(await list(1)).toBe('"2"');
  });

  it('do not keep a long answer, which pushes out no other', async () => {
    await list(1);
    const long = new LongAnswer([Buffer.alloc(40 * 1024 * 1024)], '"long"');
    const make = () => Promise.resolve({ page: { answer: long, next: undefined }, organizations: new Set<number>() });
    expect((await cache.get(2, '', make)).answer).toBe(long);
    expect(await list(1)).toBe('"1"');
    expect(await list(2)).toBe('"2"');
  });
});
