import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { languageOf, rememberedLanguage, rememberLanguage } from './language.ts';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
}

const forbidden = {
  getItem: () => {
    throw new DOMException('storage is forbidden', 'SecurityError');
  },
  setItem: () => {
    throw new DOMException('storage is forbidden', 'SecurityError');
  },
};

beforeEach(() => {
  vi.stubGlobal('localStorage', storage());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the choice of this browser', () => {
  test.each(['en', 'de', 'auto'] as const)('%s is remembered', (choice) => {
    rememberLanguage(choice);
    expect(rememberedLanguage()).toBe(choice);
  });

  test('is left to the browser where nothing was chosen', () => {
    expect(rememberedLanguage()).toBe('auto');
  });

  test.each(['fr', '', 'EN', '[object Object]'])('%j, which another version may have written, is none', (stored) => {
    localStorage.setItem('gatehouse.language', stored);
    expect(rememberedLanguage()).toBe('auto');
  });

  test('where storage is forbidden nothing fails', () => {
    vi.stubGlobal('localStorage', forbidden);
    expect(() => rememberLanguage('de')).not.toThrow();
    expect(rememberedLanguage()).toBe('auto');
  });
});

describe('languageOf', () => {
  test.each([
    [['de'], 'de'],
    [['de-AT', 'en'], 'de'],
    [['fr-CH', 'de-CH', 'en'], 'de'],
    [['fr', 'en-GB', 'de'], 'en'],
    [['pt-BR', 'ja'], 'en'],
    [[], 'en'],
    [['DE-de', 'en'], 'de'],
    // Slave and Middle High German are languages of their own (ISO 639-2).
    [['den', 'en'], 'en'],
    [['gmh', 'de'], 'de'],
  ] as const)('of a browser that wants %j it is %s', (wanted, language) => {
    vi.stubGlobal('navigator', { languages: wanted });
    expect(languageOf('auto')).toBe(language);
  });

  test('what was chosen counts more than the browser', () => {
    vi.stubGlobal('navigator', { languages: ['de'] });
    expect(languageOf('en')).toBe('en');
  });
});
