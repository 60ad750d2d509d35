import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { markupOf, newClient, textOf, wordsOf } from '../../../test/rendering/rendered.tsx';
import { day } from '../../lib/time.ts';
import { ApiKeysSection, KeyRow } from './api-keys-section.tsx';
import { apiKeys, type ApiKey } from './queries.ts';
import { en } from './texts/en.ts';

const later = '2999-01-01T00:00:00.000Z';
const earlier = '2020-01-01T00:00:00.000Z';

function apiKey(facts: Partial<ApiKey> = {}): ApiKey {
  return {
    id: 8,
    keyId: 'k8',
    name: 'backup',
    scopes: ['entries:read', 'identities:list'],
    createdAt: earlier,
    expiresAt: later,
    lastUsedAt: null,
    lastUsedIp: null,
    ...facts,
  };
}

describe('an API key', () => {
  const row = (facts: Partial<ApiKey>) => textOf(<KeyRow apiKey={apiKey(facts)} onDelete={() => undefined} />);

  test('is known by its beginning, and nothing more of it is there', () => {
    expect(row({})).toContain('ghk_k8_…');
  });

  test('says what it may do in words', () => {
    const text = row({});
    for (const scope of apiKey().scopes) expect(text).not.toContain(scope);
    expect(text).toContain(`${en.scopes.entries.read} · ${en.scopes.identities.list}`);
  });

  test('says when it ends, or that it has', () => {
    expect(row({})).toContain(i18next.t('accounts:apiKeys.ends', { date: day(later, 'en') }));
    expect(row({})).not.toContain(en.apiKeys.over);
    expect(row({ expiresAt: earlier })).toContain(en.apiKeys.over);
    expect(row({ expiresAt: earlier })).toContain(i18next.t('accounts:apiKeys.ended', { date: day(earlier, 'en') }));
  });

  test('says when and from where it was used last, as far as that is known', () => {
    expect(row({})).toContain(en.apiKeys.neverUsed);
    const from = i18next.t('accounts:apiKeys.from', { address: '192.0.2.7' });
    expect(row({ lastUsedAt: earlier, lastUsedIp: '192.0.2.7' })).toContain(from);
    expect(row({ lastUsedAt: earlier, lastUsedIp: null })).not.toContain('null');
  });
});

describe('the API keys of a person', () => {
  const section = (keys: readonly ApiKey[] | undefined) => {
    const client = newClient();
    if (keys !== undefined) client.setQueryData(apiKeys.queryKey, [...keys]);
    return markupOf(<ApiKeysSection />, { client });
  };

  test('are said to be none only once that is known', () => {
    expect(wordsOf(section([]))).toContain(en.apiKeys.none);
    expect(wordsOf(section(undefined))).not.toContain(en.apiKeys.none);
  });

  test('can be deleted one by one, each by its name', () => {
    const markup = section([apiKey({ id: 1, name: 'one' }), apiKey({ id: 2, name: 'two <b>' })]);
    for (const name of ['one', 'two &lt;b&gt;'])
      expect(markup).toContain(`aria-label="${i18next.t('accounts:apiKeys.deleteOf', { name })}"`);
  });
});
