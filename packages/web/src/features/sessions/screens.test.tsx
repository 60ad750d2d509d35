import type { Problem } from '@gatehouse/contract/problem';
import { describe, expect, test } from 'vitest';
import { markupOf, newClient, textOf, wordsOf } from '../../../test/rendering/rendered.tsx';
import { identity, identityKey, person, server, serverDetail, session } from '../../../test/rendering/samples.ts';
import { me } from '../accounts/queries.ts';
import { entryOf, hostKeysOf } from '../entries/queries.ts';
import { Changes, Destination } from './connect/destination.tsx';
import { FailureNote, FailureWords } from './connect/failure-note.tsx';
import { HostKeyChanged } from './connect/hostkey-changed.tsx';
import { HostKeyQuestion } from './connect/hostkey-question.tsx';
import { PromptQuestion } from './connect/prompt-question.tsx';
import type { Failure, Question } from './connection/progress.ts';
import { exitOf } from './list/session-columns.tsx';
import { SessionPanel } from './list/session-panel.tsx';
import { sessionById } from './queries.ts';
import { en } from './texts/en.ts';

const nothing = () => undefined;
type Facts = Parameters<typeof Changes>[0]['destination'];
const plain: Facts = { host: '10.0.0.4', port: 22, jumpHosts: [], username: null, changes: [], lastLoginAt: null };

type Change = Facts['changes'][number];
const changeOf = (field: Change['field'], facts: Partial<Change> = {}): Change => ({
  field,
  before: null,
  by: 'grace',
  byYou: false,
  at: '2026-03-04T10:00:00.000Z',
  ...facts,
});

describe('the destination of an answer', () => {
  test('names host, port, jump hosts, username and the pinned keys', () => {
    const destination = {
      ...plain,
      jumpHosts: ['gate:22', 'inner:2222'],
      username: 'deploy',
      hostKeys: ['SHA256:a', 'SHA256:b'],
    };
    const text = textOf(<Destination destination={destination} />);
    expect(text).toContain('10.0.0.4:22');
    expect(text).toContain('gate:22 → inner:2222');
    expect(text).toContain('deploy');
    expect(text).toMatch(/SHA256:a\s+SHA256:b/);
  });

  test('puts an IPv6 address in brackets, so that the port is not part of it', () => {
    expect(textOf(<Destination destination={{ ...plain, host: '2001:db8::1', port: 2222 }} />)).toContain(
      '[2001:db8::1]:2222',
    );
  });

  test('says if no host key is pinned, and leaves out what there is not', () => {
    const text = textOf(<Destination destination={plain} />);
    expect(text).toContain(en.destination.noHostKey);
    expect(text).not.toContain(en.destination.through);
    expect(text).not.toContain(en.destination.as);
  });

  test('shows the key of the present login rather than the pinned ones', () => {
    const destination = {
      ...plain,
      hostKey: { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:now' },
      hostKeys: ['SHA256:old'],
    };
    const text = textOf(<Destination destination={destination} />);
    expect([text.includes('SHA256:now'), text.includes('SHA256:old')]).toEqual([true, false]);
  });
});

describe('changes of a destination', () => {
  const shown = (changes: readonly Change[], lastLoginAt: string | null = '2026-03-01T10:00:00.000Z') =>
    textOf(<Changes destination={{ ...plain, changes: [...changes], lastLoginAt }} />);

  test('are not mentioned if there are none', () => {
    expect(shown([])).toBe('');
  });

  test('by others are a warning with who, what, and how it was before', () => {
    const text = shown([changeOf('host', { before: ['10.0.0.3'] })]);
    expect(text).toContain('Changed by grace on');
    expect(text).toContain('host (before: 10.0.0.3)');
    expect(text).toContain(en.destination.ask);
  });

  test('by the person alone are no reason for care', () => {
    const text = shown([changeOf('port', { by: 'ada', byYou: true })]);
    expect(text).toContain('Changed by you on');
    expect(text).not.toContain(en.destination.ask);
  });

  test('of an unknown account are shown without a name', () => {
    expect(shown([changeOf('hostKey', { by: null })])).toContain('Changed: host key');
    expect(shown([changeOf('hostKey', { at: null })])).toContain('Changed: host key');
  });

  test('from an empty list say that there was none', () => {
    expect(shown([changeOf('jumpHosts', { before: [] })])).toContain('jump hosts (before: none)');
  });

  test('before the first login are said to be by others', () => {
    expect(shown([changeOf('host')], null)).toContain(en.destination.changedNever);
  });
});

describe('why there is no session', () => {
  const words = (failure: Failure) => textOf(<FailureWords failure={failure} />);

  test.each([
    ['session_gone', '', en.connect.session_gone],
    ['unreachable', '', en.connect.unreachable],
    ['forbidden', 'You may not connect to “web”.', 'You may not connect to “web”.'],
  ])('%s is said in words', (error, message, expected) => {
    expect(words({ error, message })).toBe(expected);
  });

  function note(failure: Failure, facts: { isInLog?: boolean; asksAgain?: boolean; update?: boolean } = {}) {
    const client = newClient();
    const { can } = server(4);
    client.setQueryData(entryOf(4).queryKey, serverDetail(4, { can: { ...can, update: facts.update ?? true } }));
    return markupOf(
      <FailureNote
        target={{ entryId: 4, name: 'web-4' }}
        failure={failure}
        isInLog={facts.isInLog ?? false}
        asksAgain={facts.asksAgain ?? false}
        takesFocus={false}
        onRetry={nothing}
        onAsk={nothing}
      />,
      { client },
    );
  }

  test('is announced, unless the connection log has it already', () => {
    const failure = { error: 'login_failed', message: 'Permission denied.' };
    expect(note(failure)).toMatch(/role="alert"[^]*Permission denied\./);
    expect(note(failure, { isInLog: true })).not.toContain('Permission denied.');
  });

  test('offers to change the server only to people who may', () => {
    const failure = { error: 'login_failed', message: 'x' };
    expect(note(failure)).toContain('/servers/4/edit');
    expect(note(failure, { update: false })).not.toContain('/servers/4/edit');
    expect(note({ error: 'not_found', message: 'x' })).not.toContain('/servers/4/edit');
  });

  test('of a suspended link leads to the page where it is confirmed', () => {
    expect(wordsOf(note({ error: 'link_suspended', message: 'x' }))).toContain(en.connect.toServer);
    expect(wordsOf(note({ error: 'forbidden', message: 'x' }))).not.toContain(en.connect.toServer);
  });

  test('after a typed credential was refused offers to type it again', () => {
    const failure = { error: 'login_failed', message: 'x' };
    expect(wordsOf(note(failure, { asksAgain: true }))).toContain(en.connect.typeAgain);
    expect(wordsOf(note(failure))).toContain(en.connect.reconnect);
  });
});

describe('an unknown host key', () => {
  const question = (algorithm: string): Extract<Question, { kind: 'hostkey' }> => ({
    t: 'question',
    id: 1,
    kind: 'hostkey',
    host: 'web.example',
    port: 2222,
    algorithm,
    fingerprint: 'SHA256:mP1fT0cW3b5',
    destination: { ...plain, hostKey: null },
  });

  test.each([
    ['ssh-ed25519', 'ssh_host_ed25519_key.pub'],
    ['ssh-rsa', 'ssh_host_rsa_key.pub'],
    ['rsa-sha2-512', 'ssh_host_rsa_key.pub'],
    ['ecdsa-sha2-nistp256', 'ssh_host_ecdsa_key.pub'],
    ['ssh-mldsa-65', 'ssh_host_*_key.pub'],
  ])('of type %s is compared with %s', (algorithm, file) => {
    const text = textOf(<HostKeyQuestion question={question(algorithm)} takesFocus onAnswer={nothing} />);
    expect(text).toContain(file);
    expect(text).toContain('web.example:2222');
    expect(text).toContain('SHA256:mP1fT0cW3b5');
  });

  test('gives the focus to the button that refuses it', () => {
    const markup = markupOf(<HostKeyQuestion question={question('ssh-rsa')} takesFocus onAnswer={nothing} />);
    expect(markup.match(/autofocus/gi)).toHaveLength(1);
    expect(markup.slice(markup.search(/autofocus/i))).toContain(en.hostKey.cancel);
    expect(markup.slice(0, markup.search(/autofocus/i))).toContain(en.hostKey.trust);
  });
});

describe('a changed host key', () => {
  const key = (algorithm: string, name: string) => ({
    algorithm,
    fingerprint: `SHA256:${name}`,
    publicKey: `${algorithm} ${name}`,
  });
  const hostKey: NonNullable<Problem['hostKey']> = {
    entryId: 4,
    host: 'web.example',
    port: 22,
    pinned: [key('ssh-rsa', 'old-rsa'), key('ssh-ed25519', 'old-ed')],
    offered: key('ssh-ed25519', 'new-ed'),
  };

  function shown(manageHostKeys: boolean | undefined, firstSeenAt?: string) {
    const client = newClient();
    if (manageHostKeys !== undefined)
      client.setQueryData(entryOf(4).queryKey, serverDetail(4, { can: { ...server(4).can, manageHostKeys } }));
    if (firstSeenAt !== undefined)
      client.setQueryData(hostKeysOf(4).queryKey, {
        keys: [{ ...key('ssh-ed25519', 'old-ed'), firstSeenAt, confirmedBy: null }],
      } as never);
    return textOf(<HostKeyChanged hostKey={hostKey} takesFocus onCancel={nothing} onReplaced={nothing} />, { client });
  }

  test('shows the comparable pinned key first, then the others, then the offered one', () => {
    const text = shown(true);
    const order = ['old-ed', 'old-rsa', 'new-ed'].map((name) => text.indexOf(`SHA256:${name}`));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
  });

  test('says since when a key is pinned, if that is known', () => {
    expect(shown(true, '2026-03-04T10:00:00.000Z')).toMatch(/ssh-ed25519 · [^S]*2026/);
    expect(shown(true)).not.toContain('2026');
  });

  test('can be replaced only by people who manage the host keys of the server', () => {
    expect(shown(true)).toContain(en.hostKey.replace);
    expect(shown(false)).not.toContain(en.hostKey.replace);
    expect(shown(false)).toContain(en.hostKey.notAllowed);
  });

  test('offers nothing while it is not known who may replace it', () => {
    const text = shown(undefined);
    expect(text).not.toContain(en.hostKey.replace);
    expect(text).not.toContain(en.hostKey.notAllowed);
  });
});

describe('a prompt of the server', () => {
  type PromptKind = Parameters<typeof PromptQuestion>[0]['question'];
  const shown = (prompts: PromptKind['prompts'], facts: Partial<PromptKind> = {}) =>
    markupOf(
      <PromptQuestion
        question={{
          t: 'question',
          id: 1,
          kind: 'prompt',
          title: 'Two-factor login',
          instructions: 'Use your <b>token</b>',
          prompts,
          destination: { ...plain, hostKey: null },
          ...facts,
        }}
        takesFocus
        onAnswer={nothing}
      />,
    );

  test('hides the answer unless the server wants it shown', () => {
    expect(shown([{ text: 'Code: ', echo: false }])).toContain('type="password"');
    expect(shown([{ text: 'Username: ', echo: true }])).not.toContain('type="password"');
  });

  test('shows the text of the server as text', () => {
    const markup = shown([{ text: '<img src=x>', echo: true }]);
    expect(markup).not.toMatch(/<img|<b>/);
    expect(wordsOf(markup)).toContain('<img src=x>');
    expect(wordsOf(markup)).toContain('Use your <b>token</b>');
  });

  test('has a field for each prompt, and gives the focus to the first', () => {
    const markup = shown([
      { text: 'Code', echo: false },
      { text: 'Reason', echo: true },
    ]);
    expect(markup.match(/<input/g)).toHaveLength(2);
    expect(markup.match(/autofocus/gi)).toHaveLength(1);
    expect(markup.search(/autofocus/i)).toBeLessThan(markup.indexOf('Reason'));
  });

  test('without a title gets one', () => {
    expect(wordsOf(shown([], { title: '  ' }))).toContain(en.prompt.title);
    expect(wordsOf(shown([]))).toContain('Two-factor login');
  });
});

describe('a session in the history', () => {
  function panel(facts: Parameters<typeof session>[1], { withIdentity = true, reader = 1 } = {}) {
    const client = newClient();
    const one = session(7, facts);
    client.setQueryData(me.queryKey, person({ id: reader }));
    client.setQueryData(sessionById(7).queryKey, one);
    if (withIdentity) client.setQueryData(['identities', 'of-session', 3], identity(3, { key: identityKey() }));
    return wordsOf(markupOf(<SessionPanel sessionId={7} onClose={nothing} />, { client }));
  }

  test('that has ended shows times, exit code and identity, and no actions', () => {
    const text = panel({ exitCode: 3, reason: 'idle timeout' });
    for (const part of ['web-4', 'identity-3', 'idle timeout', `${en.list.exit} 3`]) expect(text).toContain(part);
    expect(text).not.toContain(en.list.end);
    expect(text).not.toContain(en.list.open);
  });

  test('that is live can be opened and ended, and has no end yet', () => {
    const text = panel({ status: 'open', endedAt: null, exitCode: null });
    expect(text).toContain(en.list.open);
    expect(text).toContain(en.list.end);
    expect(text).not.toContain(en.list.exit);
  });

  test.each([
    ['a command', { type: 'exec' }],
    ['a type of another version', { type: 'holograms' }],
    ['a server that was deleted', { entryId: null }],
  ])('of %s cannot be opened in a tab, but ended', (_, facts) => {
    const text = panel({ status: 'open', endedAt: null, ...facts });
    expect(text).not.toContain(en.list.open);
    expect(text).toContain(en.list.end);
  });

  test('of another member names them, and can be ended, but neither opened nor read', () => {
    const text = panel({ status: 'open', endedAt: null }, { reader: 2 });
    expect(text).toContain('anna');
    expect(text).toContain(en.list.end);
    expect(text).not.toContain(en.list.open);
    expect(text).not.toContain(en.list.noLog);
  });

  test('of a type of another version says so', () => {
    expect(panel({ type: 'holograms' })).toContain(en.list.types.unknown);
  });

  test('without an identity or a connection log says so', () => {
    const text = panel({ identityId: null }, { withIdentity: false });
    expect(text).toContain(en.list.noIdentity);
    expect(text).toContain(en.list.noLog);
  });

  test.each([
    [{ exitCode: 0, exitSignal: null }, '0'],
    [{ exitCode: null, exitSignal: 'TERM' }, 'TERM'],
    [{ exitCode: null, exitSignal: null }, '–'],
  ])('that ended with %j shows %s', (facts, expected) => {
    expect(exitOf(session(7, facts))).toBe(expected);
  });
});
