import { ApiError } from '@gatehouse/contract/client';
import type { Step } from '@gatehouse/contract/problem';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { markupOf, textOf, wordsOf } from '../../test/rendering/rendered.tsx';
import { Chip, Status } from './chip.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { Page } from './page.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { CardRow, Section } from './section.tsx';
import { StepLog } from './step-log.tsx';
import { Ago } from './time.tsx';

describe('a connection log', () => {
  const step = (facts: Partial<Step>): Step => ({ step: 'tcp', status: 'ok', ms: 3.6, detail: 'connected', ...facts });
  const log = (...steps: Partial<Step>[]) => markupOf(<StepLog steps={steps.map(step)} />);

  test('tells each step in its order, with how long it took', () => {
    const text = wordsOf(log({ step: 'dns', ms: 0.2 }, { step: 'auth', ms: 1499.5, status: 'failed' }));
    expect(text).toBe(`${i18next.t('steps.dns')} connected 0 ms ${i18next.t('steps.auth')} connected 1500 ms`);
    expect(log({ status: 'failed' }, { status: 'skipped' })).toMatch(/data-tone="bad".*data-tone="neutral"/);
  });

  test('has a name for every step of an SSH login, and calls one of another protocol what it is called', () => {
    const steps = ['dns', 'tcp', 'banner', 'kex', 'hostkey', 'auth', 'channel'];
    const texts = steps.map((name) => wordsOf(log({ step: name, detail: '' })));
    expect(new Set(texts).size).toBe(steps.length);
    for (const text of texts) expect(text).not.toContain('steps.');
    expect(wordsOf(log({ step: 'tls', detail: 'TLS 1.3' }))).toBe('tls TLS 1.3 4 ms');
  });

  test('names the jump host, and says what to do with a line to copy', () => {
    const markup = log({ hop: 'gate:22', hint: 'Add this line.', line: 'ssh-ed25519 AAAA <b>' });
    expect(wordsOf(markup)).toMatch(/gate:22 .*Add this line\./);
    expect(markup).toContain('<code>ssh-ed25519 AAAA &lt;b&gt;</code>');
    expect(wordsOf(log({ hint: 'Wait.' }))).not.toContain(i18next.t('copy.copy'));
  });
});

describe('what went wrong', () => {
  const problem = (error: 'internal' | 'conflict') =>
    new ApiError({ code: 500, error, message: 'It did not work.', requestId: 'r-42' });

  test.each([undefined, null])('is nothing where the error is %s', (error) => {
    expect(textOf(<ProblemAlert error={error} />)).toBe('');
  });

  test('is said in the words of the server, with the number under which its log has more', () => {
    expect(textOf(<ProblemAlert error={problem('conflict')} />)).toBe('It did not work.');
    expect(textOf(<ProblemAlert error={problem('internal')} />)).toBe('It did not work. r-42');
  });

  test.each([new TypeError('fetch failed'), 'text', 0])(
    'is that the server was not reached where it is %s',
    (error) => {
      expect(textOf(<ProblemAlert error={error} />)).toBe(i18next.t('problem.unreachable'));
    },
  );
});

describe('a fingerprint', () => {
  const long = `SHA256:${'0123456789'.repeat(4)}abc`;

  test('is shown whole, and where it is cut the whole is in the tooltip', () => {
    expect(textOf(<Fingerprint value={long} />)).toBe(long);
    const cut = markupOf(<Fingerprint value={long} short />);
    expect(wordsOf(cut)).toBe('SHA256:0123…9abc');
    expect(cut).toContain(`title="${long}"`);
  });

  test('that is short stays as it is', () => {
    expect(textOf(<Fingerprint value="SHA256:short" short />)).toBe('SHA256:short');
  });
});

test('a moment that never was is a dash, or what is said instead', () => {
  expect(textOf(<Ago at={null} />)).toBe('–');
  expect(textOf(<Ago at={null} never="never" />)).toBe('never');
  const at = '2020-01-01T00:00:00.000Z';
  expect(markupOf(<Ago at={at} />)).toMatch(`dateTime="${at}"`);
});

test('a state is told by a word, and its colour is for the eye alone', () => {
  expect(markupOf(<Status tone="bad">failed</Status>)).toMatch(/data-tone="bad".*aria-hidden="true".*failed/);
  expect(markupOf(<Chip>plain</Chip>)).toContain('data-tone="neutral"');
});

test('a page has one heading, and its name is the title of the window', () => {
  const markup = markupOf(
    <Page title="web-1" count={0} breadcrumb="Servers">
      content
    </Page>,
  );
  expect(markup).toContain('<title>web-1 · Gatehouse</title>');
  expect(markup.match(/<h1/g)).toHaveLength(1);
  expect(wordsOf(markup)).toBe('Servers / web-1 0 content');
});

test('a section is named by its heading', () => {
  const markup = markupOf(
    <Section title="Keys">
      <CardRow title="one" />
    </Section>,
  );
  const [, id] = /aria-labelledby="([^"]+)"/.exec(markup) ?? [];
  expect(markup).toContain(`<h2 id="${id ?? ''}"`);
});

describe('a table', () => {
  interface Server {
    readonly name: string;
  }
  const columns: readonly Column<Server>[] = [
    { id: 'name', header: 'Name', width: '1fr', value: ({ name }) => name, cell: ({ name }) => name },
    { id: 'more', header: 'More', width: '1fr', wide: true, value: () => '', cell: () => '' },
  ];
  const table = (names: readonly string[], selected?: readonly string[], loading = false) =>
    markupOf(
      <DataTable
        label="Servers"
        rows={names.map((name) => ({ name }))}
        columns={columns}
        idOf={({ name }) => name}
        nameOf={({ name }) => name}
        {...(selected === undefined ? {} : { selected })}
        loading={loading}
        empty="Nothing here"
      />,
    );

  test('says how many rows it has with its headings, though few are in the page', () => {
    expect(table(['a', 'b', 'c'])).toContain('aria-rowcount="4"');
    expect(table([])).toContain('aria-rowcount="1"');
  });

  test('says that there is nothing once it knows', () => {
    expect(wordsOf(table([]))).toContain('Nothing here');
    expect(wordsOf(table([], undefined, true))).not.toContain('Nothing here');
    expect(table([], undefined, true)).toContain('aria-busy="true"');
    expect(wordsOf(table(['a']))).not.toContain('Nothing here');
  });

  test('has a box for all where rows can be chosen', () => {
    const label = i18next.t('table.selectAll');
    expect(table(['a'])).not.toContain(label);
    expect(table(['a', 'b'], ['a'])).not.toContain('checked=""');
    expect(table(['a', 'b'], ['a', 'b'])).toContain('checked=""');
    expect(table([], [])).not.toContain('checked=""');
    expect(table(['a'], [])).toContain('aria-multiselectable="true"');
  });
});
