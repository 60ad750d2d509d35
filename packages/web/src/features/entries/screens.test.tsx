import type { EntryDetail } from '@gatehouse/contract/entries';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { markupOf, newClient, textOf, wordsOf } from '../../../test/rendering/rendered.tsx';
import {
  folder,
  identity,
  organizationNode,
  server,
  serverDetail,
  sshConfig,
} from '../../../test/rendering/samples.ts';
import { day } from '../../lib/time.ts';
import { identityList } from '../identities/queries.ts';
import { Preview } from './import/preview.tsx';
import { ServerCards } from './overview/server-cards.tsx';
import { Facts } from './page/facts.tsx';
import { HostKeys } from './page/host-keys.tsx';
import { Links } from './page/links.tsx';
import { Policy } from './page/policy.tsx';
import { Route } from './page/route.tsx';
import { hostKeysOf, liveSessions } from './queries.ts';
import { en } from './texts/en.ts';
import { indexOf } from './tree-index.ts';

const index = indexOf([
  folder(1, [server(1, { name: 'gate', folderId: 1 })], { name: 'Home' }),
  organizationNode(7, 'Ops', [folder(2, [], { name: 'Live', organizationId: 7 })]),
]);

describe('how a server is reached', () => {
  const way = (facts: Partial<EntryDetail>) => markupOf(<Route index={index} entry={serverDetail(9, facts)} />);

  test('is directly, or over its jump hosts in their order', () => {
    expect(wordsOf(way({}))).toBe(en.page.direct);
    const over = way({ name: 'db', config: sshConfig({ jumpHosts: [1] }) });
    expect(wordsOf(over)).toBe('gate → db');
    expect(over).toContain('href="/servers/1"');
  });

  test('names a jump host that the person does not see by its number alone', () => {
    expect(wordsOf(way({ config: sshConfig({ jumpHosts: [1, 44] }) }))).toContain(
      i18next.t('entries:notVisible', { id: 44 }),
    );
  });
});

describe('the facts of a server', () => {
  const facts = (of: Partial<EntryDetail>) => textOf(<Facts index={index} entry={serverDetail(9, of)} />);

  test('name its port and, in brackets, an IPv6 address', () => {
    expect(facts({ ip: '10.0.0.9' })).toContain('10.0.0.9:22');
    expect(facts({ ip: 'fd00::9', config: sshConfig({ port: 2222 }) })).toContain('[fd00::9]:2222');
  });

  test('say whose it is and in which folder', () => {
    expect(facts({})).toContain(`${en.page.belongs} ${en.mine}`);
    expect(facts({ folderId: 1 })).toContain('Home');
    expect(facts({ organizationId: 7, folderId: 2 })).toContain('Ops / Live');
    expect(facts({ organizationId: 7 })).toContain('Ops');
  });

  test('say who logs in, and warn of old algorithms only where they are on', () => {
    expect(facts({})).toContain(en.page.usernameOfIdentity);
    expect(facts({ config: sshConfig({ username: 'root' }) })).toContain('root');
    expect(facts({ config: sshConfig({ legacyAlgorithms: true }) })).toContain(en.page.legacyOn);
    expect(facts({ config: sshConfig({ legacyAlgorithms: 'yes' }) })).not.toContain(en.page.legacyOn);
  });
});

describe('the host-key policy', () => {
  const policy = (of: Partial<EntryDetail>) => textOf(<Policy entry={serverDetail(9, of)} />);
  const chosen = { from: 'folder', id: 1, by: 'bob', at: '2026-03-01T08:00:00.000Z' } as const;

  test('says what it means, and who chose it', () => {
    expect(policy({ hostKeyPolicy: 'none' })).toContain(en.policy.none.text);
    expect(policy({ hostKeyPolicy: 'ask' })).not.toContain(en.page.policyByUnknown);
    expect(policy({ hostKeyPolicyChoice: chosen })).toContain(i18next.t('entries:page.policyBy', { name: 'bob' }));
    expect(policy({ hostKeyPolicyChoice: { ...chosen, by: null } })).toContain(en.page.policyByUnknown);
  });

  test('of a later version is shown by its name', () => {
    expect(policy({ hostKeyPolicy: 'dnssec' })).toBe('dnssec');
  });
});

describe('the identities of a server', () => {
  const own = identity(3, { name: 'Deploy' });
  const theirs = (confirm: boolean) =>
    identity(4, {
      name: 'Ops key',
      organizationId: 7,
      can: { use: true, update: false, move: false, delete: false, confirm },
    });
  const link = (identityId: number, position: number, suspended = false) => ({ identityId, position, suspended });

  function links(of: Partial<EntryDetail>, mayConfirm = false): string {
    const client = newClient();
    client.setQueryData(identityList.queryKey, [own, theirs(mayConfirm)]);
    return wordsOf(markupOf(<Links index={index} entry={serverDetail(9, of)} />, { client }));
  }

  test('stand in the order in which they are tried, the first marked', () => {
    const text = links({ links: [link(4, 2), link(3, 1)] });
    expect(text.indexOf('Deploy')).toBeLessThan(text.indexOf('Ops key'));
    expect(text).toContain(`Deploy ${en.mine} ${en.links.default}`);
    expect(text.split(en.links.default)).toHaveLength(2);
  });

  test('say when there are none', () => {
    expect(links({})).toContain(en.links.none);
    expect(links({ links: [link(3, 1)] })).not.toContain(en.links.none);
  });

  test('that the person does not see are told by their number', () => {
    expect(links({ links: [link(44, 1)] })).toContain(i18next.t('entries:notVisible', { id: 44 }));
  });

  test('that are suspended can be confirmed by who manages them', () => {
    expect(links({ links: [link(3, 1, true)] })).toContain(en.links.confirm);
    expect(links({ links: [link(4, 1, true)] })).toContain(i18next.t('entries:links.askManager', { owner: 'Ops' }));
    expect(links({ links: [link(4, 1, true)] }, true)).toContain(en.links.confirm);
  });

  test('that come from above name where from, and whether they are used', () => {
    const inherited = { identityId: 4, from: 'folder', id: 1, suspended: true } as const;
    const alone = links({ inherited });
    expect(alone).toContain(i18next.t('entries:links.fromFolder', { name: 'Home' }));
    expect(alone).toContain(en.links.default);
    expect(alone).toContain(en.links.suspended);
    const beside = links({ inherited, links: [link(3, 1)] });
    expect(beside).toContain(en.links.notUsed);
    // What is not used needs no confirmation.
    expect(beside).not.toContain(en.links.suspended);
    expect(links({ inherited: { ...inherited, from: 'organization', id: 7 } })).toContain(
      i18next.t('entries:links.fromOrganization', { name: 'Ops' }),
    );
  });
});

describe('the host keys of a server', () => {
  const pinned = {
    id: 1,
    algorithm: 'ssh-ed25519',
    fingerprint: 'SHA256:pinned',
    publicKey: 'ssh-ed25519 AAAA',
    authority: false,
    revoked: false,
    source: 'confirmed',
    confirmedBy: 1,
    firstSeenAt: '2026-03-01T08:00:00.000Z',
  } as const;
  function keys(of: readonly object[], mayChange: boolean): string {
    const client = newClient();
    client.setQueryData(hostKeysOf(9).queryKey, {
      host: '10.0.0.9',
      port: 22,
      policy: 'ask',
      keys: of as never,
      knownHosts: [],
    });
    return wordsOf(markupOf(<HostKeys entryId={9} mayChange={mayChange} />, { client }));
  }

  test('are listed whole, so that they can be compared', () => {
    expect(keys([pinned], false)).toContain(
      `SHA256:pinned ssh-ed25519 ${i18next.t('entries:keys.source.confirmed', { day: day(pinned.firstSeenAt, 'en') })}`,
    );
    expect(keys([], false)).toContain(en.keys.none);
  });

  test('mark what signs host certificates', () => {
    expect(keys([{ ...pinned, authority: true }], false)).toContain(en.keys.authority);
    expect(keys([pinned], false)).not.toContain(en.keys.authority);
  });

  test('mark what is revoked', () => {
    expect(keys([{ ...pinned, revoked: true }], false)).toContain(en.keys.revoked);
    expect(keys([pinned], false)).not.toContain(en.keys.revoked);
  });

  test('are changed by who may; everybody may look what the server offers', () => {
    expect(keys([pinned], true)).toContain(en.keys.forget);
    expect(keys([pinned], false)).not.toContain(en.keys.forget);
    expect(keys([pinned], false)).not.toContain(en.keys.paste);
    expect(keys([pinned], false)).toContain(en.keys.scan);
  });
});

test('cards say which servers have a terminal open, and leave out the usual port', () => {
  const client = newClient();
  client.setQueryData(liveSessions.queryKey, [{ entryId: 2 }] as never);
  const entries = [server(1), server(2, { config: sshConfig({ port: 2222, ip: '10.0.0.2' }) })];
  const text = textOf(<ServerCards title="Recent" entries={entries} empty="Nothing yet" />, { client });
  expect(text).toContain('web-1 10.0.0.1');
  expect(text).not.toContain('10.0.0.1:22');
  expect(text).toContain(`10.0.0.2:2222 · ${en.tree.connected}`);
  expect(text).not.toContain('Nothing yet');
  expect(textOf(<ServerCards title="Recent" entries={[]} empty="Nothing yet" />)).toContain('Nothing yet');
});

describe('what an import would add', () => {
  const found = {
    name: 'db',
    ip: '10.0.0.1',
    port: 22,
    username: 'root',
    jumpHosts: ['gate', 'inner'],
    notes: null,
    identityId: null,
    folderId: null,
  };
  const preview = (result: object) =>
    textOf(
      <Preview
        index={index}
        result={{ message: '', entries: [], present: 0, skipped: [], warnings: [], warningDetails: [], ...result }}
      />,
    );

  test('says so where it is nothing', () => {
    expect(preview({})).toContain(en.import.nothing);
  });

  test('shows the way, and that a server of the same address is there already', () => {
    const text = preview({ entries: [found, { ...found, name: 'other', ip: '10.9.9.9', port: 2200 }] });
    expect(text).toContain('gate → inner');
    expect(text).toContain('10.9.9.9:2200');
    expect(text.split(en.import.exists)).toHaveLength(2);
  });

  test('puts a warning at the host that it is about, others above', () => {
    const warningDetails = [
      { entry: 'db', message: 'the key was not read' },
      { entry: null, message: 'line 3 was not understood' },
    ];
    const text = preview({ entries: [found], warningDetails });
    expect(text.indexOf('line 3 was not understood')).toBeLessThan(text.indexOf('10.0.0.1'));
    expect(text.indexOf('the key was not read')).toBeGreaterThan(text.indexOf('10.0.0.1'));
  });

  test('lists what it leaves out, with the reason', () => {
    expect(preview({ skipped: [{ host: '*.lan', reason: 'is a pattern' }] })).toContain('*.lan is a pattern');
  });
});
