import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageOf, rememberedLanguage, type Language } from '../lib/language.ts';
import { learnSentences, type Sentences } from '../lib/sentences.ts';
import type { en } from './texts/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof en;
  }
}

const languages = {
  en: async () => {
    const [{ en: texts }, { en: sentences }] = await Promise.all([
      import('./texts/en.ts'),
      import('./texts/sentences/en.ts'),
    ]);
    return { texts, sentences };
  },
  de: async () => {
    const [{ de: texts }, { de: sentences }] = await Promise.all([
      import('./texts/de.ts'),
      import('./texts/sentences/de.ts'),
    ]);
    return { texts, sentences };
  },
} satisfies Record<Language, () => Promise<{ texts: unknown; sentences: Sentences }>>;

/** Loads the language of this browser before the first screen. */
export async function startTexts(): Promise<void> {
  const language = languageOf(rememberedLanguage());
  const { texts, sentences } = await languages[language]();
  learnSentences(sentences);
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
  const { texts, sentences } = await languages[language]();
  learnSentences(sentences);
  for (const [namespace, words] of Object.entries(texts)) i18next.addResourceBundle(language, namespace, words);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
