import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { config, type EntryWorld } from '../../../../test/entry-world.ts';
import { hostKey } from '../../../../test/host-key.ts';
import { linkedEntry, type LinkedEntry } from '../../../../test/linked-entry.ts';
import type { Caller } from '../../../kernel/caller.ts';

let linked: LinkedEntry;
let world: EntryWorld;
/** Manages the identities of the organization. */
let manager: Caller;
/** May change servers and use identities, but not manage them. */
let user: Caller;
let password: number;
let key: number;
let entry: number;
let suspended: LinkedEntry['suspended'];

beforeEach(async () => {
  linked = await linkedEntry();
  ({ world, manager, user, password, key, entry, suspended } = linked);
});

afterEach(async () => {
  await linked[Symbol.asyncDispose]();
});

describe('host keys of a server', () => {
  const pin = (caller: Caller) =>
    world.entries.pinKey(caller, {
      entryId: entry,
      host: 'db.example.org',
      port: 22,
      facts: hostKey(),
      source: 'accept-new',
    });

  it('are named in the audit log by their fingerprints before and after', async () => {
    const [first, second] = [hostKey(), hostKey()];
    await world.entries.replaceHostKeys(manager, entry, [first.publicKey]);
    await world.entries.replaceHostKeys(user, entry, [second.publicKey]);
    const [pinned] = (await world.entries.listHostKeys(user, entry)).keys;
    await world.entries.removeHostKey(user, entry, pinned?.id ?? 0);
    const audit = await world.audit();
    expect(audit.slice(1)).toMatchObject([
      { action: 'host-key.pin', details: { pinned: [first.fingerprint], removed: [], confirmed: [password, key] } },
      {
        action: 'host-key.replace',
        details: { pinned: [second.fingerprint], removed: [first.fingerprint], suspended: [password, key] },
      },
      { action: 'host-key.remove', details: { removed: [second.fingerprint] } },
    ]);
    expect(JSON.stringify(audit)).not.toContain('AAAA');
  });

  it('pins nothing by a policy that was taken back while the login went on', async () => {
    await expect(pin(user)).rejects.toMatchObject({ code: 'host_key_unknown' });
    expect((await world.entries.listHostKeys(user, entry)).keys).toEqual([]);
  });

  it('takes a link that is confirmed for one policy to be confirmed for that one alone', async () => {
    const choose = (caller: Caller, hostKeyPolicy: string) =>
      world.entries.update(caller, entry, { config: config('db.example.org', { hostKeyPolicy }) });
    await choose(user, 'accept-new');
    const { binding } = await world.entries.get(manager, entry);
    await choose(user, 'strict');
    await choose(user, 'accept-new');
    const confirmation = { entryId: entry, identityId: password };
    await expect(world.entries.confirm(manager, { ...confirmation, binding })).rejects.toMatchObject({
      code: 'conflict',
    });
    await world.entries.confirm(manager, { ...confirmation, binding: undefined });
    await choose(user, 'strict');
    await choose(user, 'accept-new');
    await pin(manager);
    expect(await suspended()).toEqual({ [password]: true, [key]: false });
  });
});
