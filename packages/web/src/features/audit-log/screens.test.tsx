import type { AuditEntry } from '@gatehouse/contract/audit';
import { auditActions, type AuditAction } from '@gatehouse/contract/audit-actions';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { markupOf, newClient, textOf } from '../../../test/rendering/rendered.tsx';
import { auditEntry, identity, organization, server } from '../../../test/rendering/samples.ts';
import { entryTree } from '../entries/queries.ts';
import { identityList } from '../identities/queries.ts';
import { members, organizationList } from '../organizations/queries.ts';
import { EntryPanel } from './entry-panel.tsx';
import { EntryRow } from './entry-row.tsx';
import { OutcomeMark } from './outcome-mark.tsx';
import { lastVerification, latestOf } from './queries.ts';
import { ChainMark } from './chain-mark.tsx';
import { RecentUse } from './recent-use.tsx';
import { Sentence } from './sentence.tsx';
import { en } from './texts/en.ts';

const names = {
  organization: (id: number) => (id === 7 ? 'Ops' : undefined),
  person: (id: number) => (id === 5 ? 'bob' : undefined),
};

function said(about: Partial<AuditEntry>, language: 'en' | 'de' = 'en'): string {
  return textOf(<Sentence entry={auditEntry(about)} names={names} />, { language });
}

describe('a sentence', () => {
  const from = { fromOrganizationId: 8, toOrganizationId: 7 };

  test.each([
    [{}, 'identityCreate', {}],
    [{ organizationId: 7 }, 'identityCreateFor', { organization: 'Ops' }],
    // An organization that the reader does not belong to.
    [{ organizationId: 8 }, 'identityCreateFor', { organization: '#8' }],
    [{ resourceName: null }, 'identityCreate', { name: '#7' }],
    [{ resourceName: null, resourceId: null }, 'identityCreate', { name: en.unknown }],
    [{ actor: '' }, 'identityCreate', { actor: en.unknownActor }],
    [{ action: 'identity.move', details: { ...from, fromOrganizationId: null } }, 'identityMove', { target: 'Ops' }],
    [{ action: 'identity.move', details: from }, 'identityMoveFrom', { from: '#8', target: 'Ops' }],
    [{ action: 'identity.use', details: { entryName: 'web-1' } }, 'identityUse', { destination: 'web-1' }],
    [
      { action: 'identity.update', details: { fields: ['name', 'name'] } },
      'identityUpdateFields',
      { fields: en.fields.name },
    ],
  ] as const)('of %j is %s with %j', (about, key, values) => {
    const sentence = i18next.t(`auditLog:sentences.${key}`, { actor: 'ada', name: 'Deploy key', ...values });
    expect(said(about)).toBe(sentence);
  });

  test('names the reason of a failure, in words where there are some', () => {
    const failed = { action: 'identity.use', outcome: 'failed' } as const;
    const of = (details: object) => said({ ...failed, details: { entryName: 'web-1', ...details } });
    expect(of({ problem: 'host_key_changed' })).not.toContain('host_key_changed');
    expect(of({ problem: 'a-later-reason' })).toMatch(/: a-later-reason$/);
    expect(of({ detail: 'Connection refused.' })).toMatch(/: Connection refused\.$/);
    expect(of({ detail: 'Refused.', detailCode: 'of-tomorrow', detailParams: { at: 7 } })).toMatch(/: Refused\.$/);
    expect(of({ why: 'you ended it' })).toMatch(new RegExp(`: ${en.endedByOwner}$`));
    expect(of({}).endsWith(`: ${en.unknown}`)).toBe(true);
  });

  test.each(['{{actor}} $t(secret)', '<b>bold</b> & "quoted"', 'name\uE000actor\uE001', '\u202Egnp.exe'])(
    'shows the name %j as it is, and nothing of it becomes words of the sentence',
    (name) => {
      const markup = markupOf(<Sentence entry={auditEntry({ resourceName: name })} names={names} />);
      const escaped = name
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;');
      expect(markup).toContain(`<bdi>${escaped}</bdi>`);
      expect(markup).toContain('<bdi>ada</bdi>');
    },
  );

  test('of an action of a later version says what is known, in both languages', () => {
    const later = { action: 'backup.make', resource: 'backup', resourceName: 'nightly' };
    expect(said(later)).toContain('backup.make');
    expect(said(later, 'de')).toContain('backup.make');
  });
});

test.each(Object.keys(auditActions) as AuditAction[])('every end of %s reads like a sentence', (action) => {
  const { resource, details } = auditActions[action];
  for (const outcome of Object.keys(details))
    for (const language of ['en', 'de'] as const) {
      const words = said({ action, resource, outcome: outcome, resourceName: 'THING' }, language);
      expect(words, `${action} ${outcome} ${language}`).not.toMatch(
        /\{\{|\}\}|[\uE000\uE001]|sentences\.|undefined|null|\[object/,
      );
      expect(words).not.toContain(action);
      expect(words.split(' ').length).toBeGreaterThan(2);
    }
});

describe('the mark of an entry', () => {
  const iconOf = (action: string, outcome: AuditEntry['outcome'] = 'ok') =>
    /tabler-icon-([\w-]+)/.exec(markupOf(<OutcomeMark entry={{ action, outcome }} />))?.[1];

  test.each([
    ['identity.create', 'key'],
    ['api-key.create', 'key'],
    ['generated-key.create', 'key'],
    ['host-key.pin', 'key'],
    // As it was recorded before the actions were split.
    ['key.pin', 'key'],
    ['key.create', 'key'],
    ['session.open', 'terminal-2'],
    ['auth.login', 'login-2'],
    ['organization.invite', 'users'],
    ['backup.make', 'history'],
  ])('%s looks like %s', (action, icon) => {
    expect(iconOf(action)).toBe(icon);
  });

  test('what failed or was refused looks so, whatever it is about', () => {
    expect([iconOf('host-key.pin', 'failed'), iconOf('identity.use', 'denied')]).toEqual(['alert-triangle', 'ban']);
  });

  test('says in a word how it ended', () => {
    const labelOf = (outcome: string) =>
      /aria-label="([^"]+)"/.exec(markupOf(<OutcomeMark entry={{ action: 'auth.login', outcome: outcome }} />))?.[1];
    expect(new Set(['ok', 'failed', 'denied', 'started'].map(labelOf)).size).toBe(4);
    expect(labelOf('postponed')).toBe(labelOf('ok'));
  });
});

describe('a line of the log', () => {
  const line = (about: Partial<AuditEntry>) =>
    textOf(<EntryRow entry={auditEntry(about)} names={names} isOpened={false} isActive onOpen={() => undefined} />);

  test('tells whose it is, and where it came from', () => {
    expect(line({ organizationId: 7, ipAddress: '192.0.2.4' })).toContain('Ops Ops 192.0.2.4');
  });

  test('says that an attempt was blocked, or hidden from who made it', () => {
    const plain = line({ action: 'identity.read', outcome: 'denied', details: {} });
    const hidden = line({ action: 'identity.read', outcome: 'denied', details: { hidden: true } });
    const blocked = line({ action: 'identity.read', outcome: 'denied', details: { blocks: true } });
    expect(new Set([plain, hidden, blocked]).size).toBe(3);
    expect(line({ details: { hidden: 'true', blocks: 1 } })).toBe(line({ details: {} }));
  });
});

describe('the panel of an entry', () => {
  function panel(about: Partial<AuditEntry>, visible = true): string {
    const client = newClient();
    client.setQueryData(organizationList.queryKey, visible ? [organization(7, { name: 'Ops' })] : []);
    client.setQueryData(members(7).queryKey, []);
    client.setQueryData(identityList.queryKey, visible ? [identity(7)] : []);
    client.setQueryData(entryTree.queryKey, visible ? [server(4)] : []);
    client.setQueryData(['sessions', 'numbers'], new Set(visible ? [12] : []));
    return markupOf(<EntryPanel entry={auditEntry(about)} onClose={() => undefined} />, { client });
  }
  const linksIn = (markup: string) => [...markup.matchAll(/href="([^"]+)"/g)].map(([, address]) => address);

  test.each([
    [{}, ['/identities/7']],
    [{ resource: 'entry', resourceId: 4 }, ['/servers/4']],
    [{ organizationId: 7 }, ['/identities/7', '/organizations/7']],
    [
      { action: 'session.open', resource: 'entry', resourceId: 4, details: { sessionId: 12 } },
      ['/servers/4', '/sessions/12'],
    ],
    [{ action: 'session.end', resource: 'session', resourceId: 12 }, ['/sessions/12']],
    [{ resource: 'account', resourceId: 7 }, []],
    [{ resourceId: null }, []],
  ])('of %j leads to %j', (about, links) => {
    expect(linksIn(panel(about))).toEqual(links);
  });

  test.each([{}, { resource: 'entry', resourceId: 4 }, { action: 'session.end', resource: 'session', resourceId: 12 }])(
    'of %j leads to nothing that the reader does not see: to ask for it would be recorded as an attempt',
    (about) => {
      expect(linksIn(panel(about, false))).toEqual([]);
    },
  );

  test('shows a command apart from the other details, and says when it was cut', () => {
    const details = { command: 'echo <1>\nexit', exitCode: 0, commandCut: true };
    const markup = panel({ action: 'session.end', resource: 'session', details });
    expect(markup).toContain('echo &lt;1&gt;\nexit</pre>');
    expect(markup).toContain('exitCode');
    expect(markup).not.toContain('<dt>command');
    expect(panel({ details: { command: 'id' } }).length).toBeLessThan(markup.length);
  });

  test('says what is not known instead of leaving it empty', () => {
    const text = panel({ actor: '', ipAddress: null, userAgent: null });
    expect(text.split(en.unknown).length).toBeGreaterThanOrEqual(3);
  });
});

describe('the last verification', () => {
  const mark = (last: AuditEntry | null) => {
    const client = newClient();
    client.setQueryData(lastVerification.queryKey, last);
    return textOf(<ChainMark />, { client });
  };
  const verified = (outcome: 'ok' | 'failed', details: object) =>
    auditEntry({ action: 'audit.verify', resource: 'audit', outcome, details });

  test('is told in a word each', () => {
    const words = [
      mark(null),
      mark(verified('ok', { entries: 3, firstBad: null, checkpoints: 'match' })),
      mark(verified('failed', { entries: 3, firstBad: 4 })),
      mark(verified('failed', { entries: 3, firstBad: null, checkpoints: 'none' })),
    ];
    expect(new Set(words).size).toBe(4);
    expect(words[2]).toBe(en.chain.broken);
  });
});

describe('who used what an organization shares', () => {
  const uses = [1, 4, 6].map((seq) =>
    auditEntry({ seq, action: 'identity.use', details: { entryName: `server-${seq}` }, organizationId: 7 }),
  );
  const openings = [
    auditEntry({
      seq: 5,
      action: 'session.open',
      outcome: 'started',
      resourceName: 'stored',
      details: { because: 'link' },
    }),
    auditEntry({
      seq: 3,
      action: 'session.open',
      outcome: 'started',
      resourceName: 'typed',
      details: { because: 'direct' },
    }),
    auditEntry({ seq: 2, action: 'session.open', outcome: 'denied', resourceName: 'refused' }),
  ];

  test('is listed once each, the latest first', () => {
    const client = newClient();
    client.setQueryData(organizationList.queryKey, []);
    client.setQueryData(latestOf(7, 'identity.use').queryKey, uses);
    client.setQueryData(latestOf(7, 'session.open').queryKey, openings);
    const text = textOf(<RecentUse organizationId={7} />, { client });
    const order = ['server-6', 'server-4', 'typed', 'refused', 'server-1'].map((name) => text.indexOf(name));
    expect(order.every((at) => at >= 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(text).not.toContain('stored');
  });
});
