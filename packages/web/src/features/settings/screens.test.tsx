import { ApiError } from '@gatehouse/contract/client';
import type { Setting } from '@gatehouse/contract/settings';
import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { hookOf, markupOf, newClient, textOf, wordsOf } from '../../../test/rendering/rendered.tsx';
import type { UnsavedValue } from './unsaved-values.ts';
import { serverSettings, useUpdateSettings } from './queries.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsSection } from './settings-section.tsx';
import { useShown } from './shown.ts';
import { en } from './texts/en.ts';

const hours: Setting = {
  name: 'SESSION_IDLE_HOURS',
  group: 'accounts',
  meaning: 'A sign-in ends after this long without a request',
  kind: 'number',
  minimum: 1,
  maximum: 8_760,
  value: 24,
  default: 168,
  source: 'table',
  fixed: false,
  live: true,
};
const setting = (facts: Partial<Setting>): Setting => ({ ...hours, ...facts });

describe('a value', () => {
  const value = (facts: Partial<Setting>, language: 'en' | 'de' = 'en') =>
    hookOf(
      () => {
        const of = setting(facts);
        return useShown().value(of, of.value);
      },
      { language },
    );

  test.each([
    [{ value: 24 }, '24 hours'],
    [{ value: 1 }, '1 hour'],
    [{ name: 'LOCK_MINUTES', value: 90 }, '90 minutes'],
    [{ name: 'MAX_ENTRIES', value: 10_000 }, '10,000'],
    // A port is a name, not an amount.
    [{ name: 'PORT', value: 16_989 }, '16989'],
    [{ kind: 'boolean', value: true }, en.on],
    [{ kind: 'boolean', value: false }, en.off],
    [{ kind: 'text', value: '' }, en.empty],
    [{ kind: 'text', value: null }, en.empty],
    [{ kind: 'text', value: '10.0.0.0/8' }, '10.0.0.0/8'],
  ] as const)('of %j reads %s', (facts, words) => {
    expect(value(facts)).toBe(words);
  });

  test('is written as the language writes it', () => {
    expect(value({ value: 24 }, 'de')).toBe('24 Stunden');
    expect(value({ name: 'MAX_ENTRIES', value: 10_000 }, 'de')).toBe('10.000');
  });

  test('has bounds only where there are two', () => {
    const bounds = (facts: Partial<Setting>) => hookOf(() => useShown().bounds(setting(facts)));
    expect(bounds({})).toBe('1 to 8,760');
    const open = Object.fromEntries(Object.entries(hours).filter(([name]) => name !== 'maximum')) as unknown as Setting;
    expect(hookOf(() => useShown().bounds(open))).toBeUndefined();
  });
});

describe('a line of the settings', () => {
  const row = (facts: Partial<Setting>, unsaved?: UnsavedValue, error?: string) =>
    markupOf(<SettingRow setting={setting(facts)} unsaved={unsaved} error={error} onChange={() => undefined} />);
  const hasReset = (markup: string) => markup.includes(i18next.t('settings:useDefaultOf', { name: hours.name }));

  test('offers the default only where another value counts', () => {
    expect(hasReset(row({}))).toBe(true);
    expect(hasReset(row({ source: 'default', value: 168 }))).toBe(false);
    expect(hasReset(row({}, null))).toBe(false);
    expect(hasReset(row({ source: 'default', value: 168 }, 12))).toBe(true);
    expect(hasReset(row({ fixed: true, source: 'environment' }))).toBe(false);
  });

  test('says where its value comes from, or that it is not saved', () => {
    expect(wordsOf(row({}))).toContain(en.sources.table);
    expect(wordsOf(row({ source: 'environment', fixed: true }))).toContain(en.sources.environment);
    expect(wordsOf(row({ source: 'default' }))).not.toContain(en.sources.table);
    expect(wordsOf(row({}, 12))).toContain(en.unsaved);
  });

  test('has a field, or what is fixed as text', () => {
    expect(row({})).toContain('<input');
    const fixed = row({ fixed: true, source: 'file' });
    expect(fixed).not.toContain('<input');
    expect(wordsOf(fixed)).toContain('24 hours');
  });

  test.each([
    [{}, 9_999],
    [{ kind: 'text' }, 'x'],
    [{ kind: 'choice', choices: ['a', 'b'] }, 'a'],
    [{ kind: 'boolean' }, true],
  ] as const)('of %j ties its error to the field, for who does not see it', (facts, unsaved) => {
    const markup = row({ ...facts } as Partial<Setting>, unsaved, 'must be at most 8760');
    const [, id] = /<p id="([^"]+)"[^>]*role="alert"/.exec(markup) ?? [];
    expect(id).toBeDefined();
    const [field = ''] = /<input[^>]*aria-labelledby[^>]*>/.exec(markup) ?? [];
    expect(/aria-describedby="([^"]*)"/.exec(field)?.[1]?.split(' ') ?? []).toContain(id);
    expect(markup).toContain('must be at most 8760');
    expect(row({})).not.toContain('role="alert"');
  });
});

describe('all settings', () => {
  const section = (settings: readonly Setting[]) => {
    const client = newClient();
    client.setQueryData(serverSettings.queryKey, [...settings]);
    return textOf(<SettingsSection />, { client });
  };

  test('stand in their groups, those that are read at the start apart', () => {
    const text = section([
      setting({ name: 'A_HOURS', group: 'quotas' }),
      setting({ name: 'B_HOURS', group: 'accounts' }),
      setting({ name: 'C_HOURS', group: 'quotas' }),
      setting({ name: 'PORT', group: 'server', live: false, fixed: true, value: 6989 }),
    ]);
    const order = ['A_HOURS', 'C_HOURS', 'B_HOURS', en.fixedText, 'PORT'].map((name) => text.indexOf(name));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThan(0);
  });

  test('a group of a later version is shown by its name', () => {
    expect(section([setting({ group: 'desktops' })])).toContain('desktops');
  });
});

describe('a change', () => {
  test('is shown as the server then says it', async () => {
    const client = newClient();
    const changed = setting({ value: 12 });
    const sent = answering(() => ({ message: 'done', settings: [changed] }));
    await hookOf(useUpdateSettings, { client }).mutateAsync({ SESSION_IDLE_HOURS: 12 });
    expect(sent).toMatchObject([{ method: 'PATCH', path: '/api/settings', body: { SESSION_IDLE_HOURS: 12 } }]);
    expect(client.getQueryData(serverSettings.queryKey)).toEqual([changed]);
  });

  test('that was refused changes nothing of what is shown', async () => {
    const { error, stale } = await change({
      use: useUpdateSettings,
      input: { SESSION_IDLE_HOURS: 0 },
      answer: () => refusal(400, 'invalid_request'),
    });
    expect(error).toBeInstanceOf(ApiError);
    expect(stale).toEqual([]);
  });
});
