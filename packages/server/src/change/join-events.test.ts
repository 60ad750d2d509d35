import { describe, expect, it } from 'vitest';
import type { Event } from '../kernel/events.ts';
import { joinEvents } from './join-events.ts';

const ann = { type: 'account', id: 1 } as const;
const ops = { type: 'organization', id: 1 } as const;

describe('joinEvents', () => {
  it('makes one event of those of a type with lists, in the place of the first', () => {
    const events: Event[] = [
      { type: 'entries', owners: [ann] },
      { type: 'revoked', what: { kind: 'entry', entryId: 7 } },
      { type: 'entries', owners: [ops, ann] },
      { type: 'confirmations', entryIds: [7, 7] },
      { type: 'organizations', accountIds: [1] },
      { type: 'confirmations', entryIds: [8, 7] },
      { type: 'organizations', accountIds: [2] },
    ];
    expect(joinEvents(events)).toEqual([
      { type: 'entries', owners: [ann, ops] },
      { type: 'revoked', what: { kind: 'entry', entryId: 7 } },
      { type: 'confirmations', entryIds: [7, 8] },
      { type: 'organizations', accountIds: [1, 2] },
    ]);
  });

  it('keeps every revocation, and lists of different types apart', () => {
    const events: Event[] = [
      { type: 'revoked', what: { kind: 'identity', identityId: 1 } },
      { type: 'identities', owners: [ann] },
      { type: 'entries', owners: [ann] },
      { type: 'revoked', what: { kind: 'identity', identityId: 2 } },
    ];
    expect(joinEvents(events)).toEqual(events);
  });

  it('leaves out a list with nothing in it', () => {
    expect(joinEvents([{ type: 'entries', owners: [] }, { type: 'settings' }])).toEqual([{ type: 'settings' }]);
  });
});
