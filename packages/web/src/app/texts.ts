import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageOf, rememberedLanguage, type Language } from '../lib/language.ts';
import type { en } from './texts/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof en;
  }
}

const languages = {
  en: async () => (await import('./texts/en.ts')).en,
  de: async () => (await import('./texts/de.ts')).de,
} satisfies Record<Language, () => Promise<unknown>>;

/** Loads the language of this browser before the first screen. */
export async function startTexts(): Promise<void> {
  const language = languageOf(rememberedLanguage());
  const texts = await languages[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: texts },
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Changes the language of everything on the screen. */
export async function speak(language: Language): Promise<void> {
  const texts = await languages[language]();
  for (const [namespace, words] of Object.entries(texts)) i18next.addResourceBundle(language, namespace, words);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
