import type { Identity } from '@gatehouse/contract/identities';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { markupOf, newClient, textOf, wordsOf } from '../../../test/rendering/rendered.tsx';
import { identity, identityKey, organization } from '../../../test/rendering/samples.ts';
import { ago, day } from '../../lib/time.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FacetRow } from './facet-row.tsx';
import { identityColumns, identityDetail } from './identity-columns.tsx';
import { ConditionNote } from './panel/condition-note.tsx';
import { Facts } from './panel/facts.tsx';
import { HostKeyQuestion } from './panel/host-key-question.tsx';
import { UsageSection } from './panel/usage-section.tsx';
import { usageOf } from './queries.ts';
import { whereManaging } from './rights.ts';
import { oldestSecretOf } from './stored-since.ts';
import { en } from './texts/en.ts';

const managed = organization(7, { name: 'Ops', permissions: ['identities.manage'] });
const seen = organization(8, { name: 'Dev', permissions: ['resources.manage', 'connect.ssh'] });

test('identities can be put where the person manages them', () => {
  expect(whereManaging([seen, managed]).map(({ id }) => id)).toEqual([7]);
});

test('of several chosen, those that may not be changed are left out, and it is said how many', () => {
  const bar = (...rights: (readonly [update: boolean, remove: boolean])[]) =>
    markupOf(
      <BulkBar
        identities={rights.map(([update, remove], position) =>
          identity(position, { can: { use: true, move: false, confirm: false, update, delete: remove } }),
        )}
        organizations={[managed, seen]}
        onDone={() => undefined}
      />,
    );
  const disabled = (markup: string) => markup.match(/disabled=""/g)?.length ?? 0;
  const mixed = bar([true, true], [false, false], [false, false]);
  expect(wordsOf(mixed)).toContain(i18next.t('identities:bulk.readOnly', { count: 2 }));
  expect([mixed, bar([false, false]), bar([true, false])].map(disabled)).toEqual([0, 2, 1]);
  expect(wordsOf(bar([true, false]))).not.toContain(i18next.t('identities:bulk.readOnly', { count: 1 }));
});

test.each([
  [{ passwordSetAt: null, keySetAt: null }, 'updated'],
  [{ passwordSetAt: 'b-later', keySetAt: null }, 'b-later'],
  [{ passwordSetAt: 'b-later', keySetAt: 'a-earlier' }, 'a-earlier'],
])('the oldest secret of %j is of %s', (dates, oldest) => {
  expect(oldestSecretOf({ updatedAt: 'updated', ...dates })).toBe(oldest);
});

describe('the columns of the list', () => {
  const columns = () => identityColumns(i18next.getFixedT('en', 'identities'), [managed]);
  function cell(id: string, of: Identity): string {
    const column = columns().find((one) => one.id === id);
    if (column === undefined) throw new Error(`no column ${id}`);
    return textOf(column.cell(of));
  }
  const order = (id: string, ...identities: Identity[]) => {
    const value = columns().find((one) => one.id === id)?.value;
    return identities.toSorted((a, b) => ((value?.(a) ?? 0) < (value?.(b) ?? 0) ? -1 : 1)).map((one) => one.id);
  };

  test('name whose it is, also where that is not known', () => {
    expect(cell('scope', identity(1))).toBe(en.scope.mine);
    expect(cell('scope', identity(1, { organizationId: 7 }))).toBe('Ops');
    expect(cell('scope', identity(1, { organizationId: 99 }))).toContain('99');
  });

  test('show a dash for what there is not', () => {
    const bare = identity(1, { username: null, key: null, lastUsedAt: null });
    expect([cell('username', bare), cell('fingerprint', bare)]).toEqual(['–', '–']);
    expect(cell('lastUsed', bare)).not.toBe('');
  });

  test('cut a fingerprint and name its algorithm', () => {
    const key = identityKey({ fingerprint: `SHA256:${'abcdefghij'.repeat(4)}xyz`, algorithm: 'ssh-rsa', bits: 4096 });
    expect(cell('fingerprint', identity(1, { key }))).toBe('SHA256:abcd…jxyz rsa 4096');
  });

  test('sort what needs attention first, the worst at the top', () => {
    const weak = identity(4, { key: identityKey({ algorithm: 'ssh-rsa', bits: 1024 }) });
    const locked = identity(3, { key: identityKey({ status: 'locked' }) });
    const incomplete = identity(2, { key: null });
    const unreadable = identity(1, { key: identityKey({ status: 'unreadable' }) });
    expect(order('state', identity(5), weak, locked, incomplete, unreadable)).toEqual([1, 2, 3, 4, 5]);
  });

  test('sort what was never used before what was used long ago', () => {
    const [never, long, now] = [null, '2020-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'].map((lastUsedAt, index) =>
      identity(index, { lastUsedAt }),
    ) as [Identity, Identity, Identity];
    expect(order('lastUsed', now, never, long)).toEqual([0, 1, 2]);
  });

  test('sort keys by algorithm and then by size, not by the first digit', () => {
    const rsa = (id: number, bits: number) => identity(id, { key: identityKey({ algorithm: 'ssh-rsa', bits }) });
    expect(order('fingerprint', rsa(3, 16_384), rsa(2, 4096), rsa(1, 1024))).toEqual([1, 2, 3]);
  });

  test('a phone has the rest in a second line', () => {
    const detail = identityDetail(i18next.getFixedT('en', 'identities'));
    expect(detail(identity(1, { usedBy: 0, username: null })).split(' · ')).toHaveLength(1);
    expect(
      detail(identity(1, { usedBy: 2 }))
        .split(' · ')
        .slice(1),
    ).toEqual(['deploy', i18next.t('identities:usage.title', { count: 2 })]);
  });
});

describe('what is known of an identity', () => {
  const facts = (of: Partial<Identity>) => textOf(<Facts identity={identity(1, of)} />);

  test('says of each secret whether it is stored, and never what it is', () => {
    expect(facts({ type: 'both', hasPassword: false })).toContain(`${en.panel.password} ${en.panel.missing}`);
    expect(facts({ type: 'both', key: null })).toContain(`${en.panel.privateKey} ${en.panel.missing}`);
    expect(facts({ type: 'both', hasPassword: true })).toContain(en.panel.notReadable);
  });

  test.each([
    ['ssh', [true, false, true]],
    ['both', [true, true, true]],
    ['password', [true, true, false]],
    ['password-only', [false, true, false]],
  ] as const)('of type %s has a line for what it has', (type, lines) => {
    const text = facts({ type, hasPassword: true, key: null });
    const { username, password, privateKey } = en.panel;
    expect([username, password, privateKey].map((label) => text.includes(label))).toEqual(lines);
  });

  test('since when is the day of the secret, or honestly the last change', () => {
    const passwordSetAt = '2026-01-02T10:00:00.000Z';
    expect(facts({ type: 'password', hasPassword: true, passwordSetAt })).toContain(
      i18next.t('identities:panel.storedOn', { day: day(passwordSetAt, 'en') }),
    );
    expect(facts({ type: 'password', hasPassword: true })).toContain(
      i18next.t('identities:panel.storedChanged', { day: day(identity(1).updatedAt, 'en') }),
    );
  });

  test('a public key with a hostile comment stays one quoted word, in the page and in the file', () => {
    const publicKey = `ssh-ed25519 AAAA a'; reboot #<img>`;
    const markup = markupOf(<Facts identity={identity(1, { key: identityKey({ publicKey }) })} />);
    expect(markup).not.toContain('<img>');
    expect(markup).toContain(
      `data:text/plain;charset=utf-8,${encodeURIComponent(`${publicKey}\n`).replaceAll("'", '&#x27;')}`,
    );
  });

  test('of a key that cannot be read nothing is made up', () => {
    const key = identityKey({ algorithm: null, bits: null, fingerprint: null, publicKey: null, status: 'unreadable' });
    const text = facts({ key });
    expect(text).toContain(en.panel.unknownKey);
    expect(text).not.toMatch(/null|undefined/);
    for (const label of [en.panel.fingerprint, en.panel.publicKey]) expect(text).not.toContain(label);
  });
});

describe('what is not right', () => {
  const note = (of: Partial<Identity>, manages = true) =>
    markupOf(<ConditionNote identity={identity(4, of)} manages={manages} />);

  test('is not mentioned where all is well', () => {
    expect(wordsOf(note({}))).toBe('');
  });

  test.each([
    ['locked', { key: identityKey({ status: 'locked' }) }],
    ['weak', { key: identityKey({ algorithm: 'ssh-rsa', bits: 1024 }) }],
    ['unreadable', { key: identityKey({ status: 'unreadable' }) }],
    ['incomplete', { key: null }],
  ] as const)('(%s) is explained, and can be mended by who may', (condition, of) => {
    expect(note(of)).toContain(en.conditionText[condition]);
    expect(note(of)).toContain('href="/identities/4/edit"');
    expect(note(of, false)).not.toContain('href');
  });
});

describe('where an identity is used', () => {
  const made = '2026-03-01T08:00:00.000Z';
  const usage = (count: number, total = count) => {
    const client = newClient();
    const entries = Array.from({ length: count }, (_, index) => ({
      id: index + 1,
      name: `web-${index + 1}`,
      host: `10.0.0.${index + 1}`,
      organizationId: null,
      lastOutcome: ([null, 'ok', 'failed'] as const)[index % 3] ?? null,
      lastUsedAt: index % 3 === 0 ? null : made,
    }));
    client.setQueryData(usageOf(1).queryKey, { lastUsedAt: null, total, entries } as never);
    return textOf(<UsageSection identity={identity(1, { usedBy: 99 })} />, { client });
  };

  const more = (count: number) => i18next.t('identities:usage.more', { count });

  test('is said to be nowhere', () => {
    expect(usage(0)).toContain(en.usage.none);
  });

  test('is a few servers, and how many more there are', () => {
    expect(usage(6)).not.toContain(more(0));
    expect(usage(7)).toContain(more(1));
    expect(usage(1000, 1200)).toContain(more(1194));
  });

  test('says how the last login went', () => {
    const text = usage(3);
    expect(text).toContain(`web-1 10.0.0.1 ${en.usage.untried}`);
    expect(text).toContain(`web-3 10.0.0.3 ${i18next.t('identities:usage.failed', { ago: ago(made, 'en') })}`);
  });
});

describe('a question about a host key', () => {
  const offered = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:offered', publicKey: 'ssh-ed25519 AAAA' };
  const question = (pinned: (typeof offered)[]) =>
    markupOf(
      <HostKeyQuestion
        hostKey={{ entryId: 4, host: 'web.example.org', port: 2222, offered, pinned }}
        onTrusted={() => undefined}
        onCancel={() => undefined}
      />,
    );

  test('that is new is shown with what to compare, and not trusting has the keyboard', () => {
    const markup = question([]);
    expect(wordsOf(markup)).toContain('web.example.org:2222');
    expect(wordsOf(markup)).toContain('SHA256:offered');
    expect(/<button[^>]*autofocus[^>]*>.*?<\/button>/i.exec(markup)?.[0]).toContain(en.hostKey.cancel);
    expect(markup).not.toContain('data-changed="true"');
  });

  test('that is another one than before is shown beside it, as a warning', () => {
    const markup = question([{ ...offered, fingerprint: 'SHA256:pinned' }]);
    expect(markup).toContain('data-changed="true"');
    expect(wordsOf(markup)).toMatch(/SHA256:offered .*SHA256:pinned/);
    expect(wordsOf(markup)).toContain(en.hostKey.trustChanged);
  });
});

test('facets say which is chosen, and how many need attention', () => {
  const markup = markupOf(
    <FacetRow
      facets={{ scope: 7, only: 'weak' }}
      organizations={[managed, seen]}
      attention={{ unused: 0, old: 2, weak: 1, locked: 0 }}
      onChange={() => undefined}
    />,
  );
  const pressed = [...markup.matchAll(/aria-pressed="true"[^>]*>(.*?)<\/button>/g)].map(([, inner]) =>
    wordsOf(inner ?? ''),
  );
  expect(pressed).toHaveLength(2);
  expect(pressed[0]).toBe('Ops');
  expect(pressed[1]).toMatch(/1$/);
  expect(markup.match(/data-some="true"/g)).toHaveLength(2);
});
