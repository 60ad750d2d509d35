import { say } from '@gatehouse/contract/messages/message';
import { describe, expect, it } from 'vitest';
import { importLimits, planImport, type ImportPlan } from './plan.ts';

function plan(text: string): ImportPlan {
  const made = planImport(text);
  if (made === undefined) throw new Error('the text is larger than an import may be');
  return made;
}

const entry = (text: string, name: string) => plan(text).entries.find((planned) => planned.name === name);

describe('planImport', () => {
  it('takes the first value of each option, also from patterns and from before the first Host', () => {
    const text = `
User everybody
Host web
  HostName web.example.org
  Port 2022
Host web db
  Port 22
  HostName=%h.internal
Host *
  Port 2222
  User nobody
`;
    expect(plan(text).entries.map(({ name, config }) => [name, config.ip, config.port, config.username])).toEqual([
      ['web', 'web.example.org', 2022, 'everybody'],
      ['db', 'db.internal', 22, 'everybody'],
    ]);
  });

  it('leaves a host out of a block that excludes it', () => {
    const text = 'Host * !db\n  User web\nHost web db\n';
    expect(plan(text).entries.map(({ config }) => config.username)).toEqual(['web', undefined]);
  });

  it('reads quotes, equal signs, comments, and keywords in any case', () => {
    const text = '# mine\r\nHOST = "web"  # the web server\r\n\thostname "192.0.2.7"\r\n  USER=deploy\r\n';
    expect(entry(text, 'web')?.config).toMatchObject({ ip: '192.0.2.7', username: 'deploy', port: 22 });
  });

  it('puts jump hosts first and writes out the whole way', () => {
    const text = `
Host inner
  ProxyJump middle,last
Host middle
  ProxyJump outer
Host last
  ProxyJump ignored
Host outer ignored
`;
    const { entries } = plan(text);
    expect(entries.find(({ name }) => name === 'inner')?.jumps).toEqual(['outer', 'middle', 'last']);
    const names = entries.map(({ name }) => name);
    for (const { name, jumps } of entries)
      for (const jump of jumps) expect(names.indexOf(jump)).toBeLessThan(names.indexOf(name));
  });

  it('adds a jump host that has no Host line of its own', () => {
    const text = 'Host inner\n  ProxyJump ops@bastion.example.org:2222\n';
    expect(entry(text, 'inner')?.jumps).toEqual(['ops@bastion.example.org:2222']);
    expect(entry(text, 'ops@bastion.example.org:2222')?.config).toMatchObject({
      ip: 'bastion.example.org',
      port: 2222,
      username: 'ops',
    });
  });

  it('knows a jump host again that is spelled out with what it has anyway', () => {
    const text = 'Host inner\n  ProxyJump ssh://ops@bastion:22\nHost bastion\n  User ops\n';
    expect(plan(text).entries.map(({ name }) => name)).toEqual(['bastion', 'inner']);
  });

  it('lets `ProxyJump none` and an earlier ProxyCommand win over a later jump host', () => {
    const text = 'Host direct\n  ProxyJump none\nHost command\n  ProxyCommand nc %h %p\nHost *\n  ProxyJump bastion\n';
    expect(entry(text, 'direct')?.jumps).toEqual([]);
    expect(entry(text, 'command')?.jumps).toEqual([]);
    expect(plan(text).warnings).toEqual([
      { entry: 'command', said: say('import_proxy_command_left_out', { name: 'command' }) },
    ]);
  });

  it('skips a circle of jump hosts with a reason for each', () => {
    const text = 'Host a\n  ProxyJump b\nHost b\n  ProxyJump a\nHost c\n';
    const { entries, skipped } = plan(text);
    expect(entries.map(({ name }) => name)).toEqual(['c']);
    expect(skipped.map(({ host }) => host).sort()).toEqual(['a', 'b']);
  });

  it('skips what has more jump hosts than an entry may have', () => {
    const hosts = Array.from({ length: 10 }, (_, index) => `Host h${index}\n  ProxyJump h${index + 1}`);
    const { skipped } = plan([...hosts, 'Host h10'].join('\n'));
    expect(skipped.map(({ host }) => host)).toContain('h0');
    expect(skipped.map(({ host }) => host)).not.toContain('h2');
  });

  it('skips a host that has no valid address or port, and says why', () => {
    const text = 'Host a\n  HostName user@host\nHost b\n  Port 70000\nHost c\n';
    expect(plan(text).skipped).toEqual([
      { host: 'a', reason: say('import_setting_fault', { field: 'ip', fault: say('not_a_host') }) },
      { host: 'b', reason: say('import_setting_fault', { field: 'port', fault: say('too_large', { most: 65_535 }) }) },
    ]);
  });

  it('tells of patterns, Match and Include, and applies none of them', () => {
    const text = 'Include ~/other\nHost *.example.org\n  Port 1\nMatch user root\n  Port 2\nHost web\n';
    const { entries, skipped, warnings } = plan(text);
    expect(entries.map(({ config }) => config.port)).toEqual([22]);
    expect(skipped.map(({ host }) => host)).toEqual(['*.example.org', 'Match user root']);
    expect(warnings).toEqual([{ entry: null, said: say('import_include_skipped', { line: 1, files: '~/other' }) }]);
  });

  it('names key files in the notes and reads none', () => {
    expect(entry('Host web\n  IdentityFile ~/.ssh/one\n  IdentityFile ~/.ssh/two\n', 'web')?.config.notes).toContain(
      '~/.ssh/one, ~/.ssh/two',
    );
  });

  it('warns of lines that it cannot read', () => {
    expect(plan('Host web\n  ???\n  User\n').warnings).toEqual([
      { entry: null, said: say('import_line_unreadable', { line: 2 }) },
      { entry: null, said: say('import_line_unreadable', { line: 3 }) },
    ]);
  });

  const numbered = (count: number, name: (index: number) => string) => Array.from({ length: count }, (_, i) => name(i));

  it('refuses more hosts or patterns than it would match in a moment', () => {
    const { hosts, patterns } = importLimits;
    expect(planImport(`Host ${numbered(hosts, (i) => `h${i}`).join(' ')}`)?.entries).toHaveLength(hosts);
    expect(planImport(`Host ${numbered(hosts + 1, (i) => `h${i}`).join(' ')}`)).toBe(undefined);
    expect(planImport('Host a\n'.repeat(patterns + 1))).toBe(undefined);
    expect(planImport(`Host a\nHost ${'b* '.repeat(patterns + 1)}`)).toBe(undefined);
  });

  it('counts the jump hosts that have no Host line', () => {
    const jumps = numbered(importLimits.hosts, (i) => `Host h${i}\n ProxyJump j${i}\n`);
    expect(planImport(jumps.slice(0, importLimits.hosts / 2).join(''))?.entries).toHaveLength(importLimits.hosts);
    expect(planImport(jumps.join(''))).toBe(undefined);
    const users = numbered(importLimits.hosts, (i) => `Host h${i}\n ProxyJump u${i}@jump\n`);
    expect(planImport(users.join(''))).toBe(undefined);
  });

  it.for([
    [
      numbered(1_900, (i) => `Host z${i}*\n`).join(''),
      `Host a\n ProxyJump ${numbered(10_000, (i) => `j${i}`).join(',')}`,
    ],
    [numbered(250, (i) => `Host ${i}${'a'.repeat(240)}\n`).join(''), `Host ${`*${'a'.repeat(120)}b `.repeat(500)}`],
    ['Host b\n ProxyJump ', 'a'.repeat(60_000), `\nHost *${'a'.repeat(60_000)}b`],
  ])('takes no more than a moment, whatever it is given (%#)', (parts) => {
    const before = process.threadCpuUsage();
    planImport(parts.join(''));
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
